import { z } from 'zod';

/** A path in a repository that is safe in a list of `sha256sum` and in a folder: no blanks, no way upwards. */
const PATH = /^[A-Za-z0-9_][A-Za-z0-9._+-]*(\/[A-Za-z0-9_][A-Za-z0-9._+-]*)*$/;

/** Model repositories of a thousand shards exist; a ConfigMap holds a megabyte. */
const MOST_FILES = 2000;

/**
 * SHA-256 of files by their path in the repository, as the hub keeps them for its large files.
 *
 * @public
 */
export const modelChecksumsSchema = z
  .record(
    z.string().max(300).regex(PATH, 'must be the path of a file'),
    z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
  )
  .refine(
    files => Object.keys(files).length <= MOST_FILES,
    `must have at most ${MOST_FILES} files`,
  );

/** @public */
export type ModelChecksums = z.infer<typeof modelChecksumsSchema>;
