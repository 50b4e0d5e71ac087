import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What `st_blocks` counts, whatever the blocks of the file system are. */
const BLOCK_BYTES = 512;

/** What a part of the file system takes. */
export interface FolderUse {
  /** As written to the disk: a hole in a file takes nothing. */
  bytes: number;
  inodes: number;
}

/**
 * Use of a folder with all that is in it. Files that go away meanwhile count nothing, as in `du`; so does a folder that is not there.
 *
 * @param except - names directly in the folder that are left out
 */
export async function folderUse(
  folder: string,
  except: readonly string[] = [],
): Promise<FolderUse> {
  const names = await readdir(folder).catch(() => []);
  const parts = await Promise.all(
    names
      .filter(name => !except.includes(name))
      .map(name => entryUse(join(folder, name))),
  );
  return parts.reduce(
    (sum, part) => ({
      bytes: sum.bytes + part.bytes,
      inodes: sum.inodes + part.inodes,
    }),
    { bytes: 0, inodes: 0 },
  );
}

async function entryUse(path: string): Promise<FolderUse> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return { bytes: 0, inodes: 0 };
  const inside = found.isDirectory()
    ? await folderUse(path)
    : { bytes: 0, inodes: 0 };
  return {
    bytes: found.blocks * BLOCK_BYTES + inside.bytes,
    inodes: 1 + inside.inodes,
  };
}
