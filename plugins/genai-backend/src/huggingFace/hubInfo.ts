import {
  modelChecksumsSchema,
  modelIdSchema,
  revisionSchema,
  type ModelChecksums,
} from '@promptside/backstage-plugin-genai-common';
import { z } from 'zod';

/** As many as the contract takes. */
const MOST_CHECKSUMS = 2000;

/** The part of `GET /api/models/<id>?blobs=true` that is needed; the hub adds fields as it likes. */
const hubInfoSchema = z.object({
  id: modelIdSchema,
  sha: revisionSchema,
  gated: z.union([z.boolean(), z.string()]).catch(false),
  pipeline_tag: z.string().optional().catch(undefined),
  tags: z.array(z.string()).catch([]),
  cardData: z
    .object({
      license: z.union([z.string(), z.array(z.string())]).optional(),
      license_name: z.string().optional(),
    })
    .optional()
    .catch(undefined),
  safetensors: z
    .object({ total: z.number().positive() })
    .optional()
    .catch(undefined),
  siblings: z
    .array(
      z.object({
        rfilename: z.string(),
        size: z.number().nonnegative().optional(),
        lfs: z.object({ sha256: z.string() }).optional().catch(undefined),
      }),
    )
    .catch([]),
});

/** What the hub says of a repository. */
export type HubInfo = z.infer<typeof hubInfoSchema>;

/** The answer of the hub, or `undefined` when it is something else. */
export function readHubInfo(text: string): HubInfo | undefined {
  const value = parseJson(text);
  const parsed = hubInfoSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The value of a JSON text, or `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Licence in the words of the hub, e.g. `apache-2.0`; `undefined` when the repository names none. */
export function licenseOf({ cardData, tags }: HubInfo): string | undefined {
  const named = [cardData?.license].flat()[0];
  if (named === 'other' && cardData?.license_name) return cardData.license_name;
  const tag = tags.find(each => each.startsWith('license:'));
  return named ?? tag?.slice('license:'.length);
}

/**
 * SHA-256 of the large files, which the hub keeps by it; small ones it does not tell. Paths that cannot stand in a list of
 * checksums are left out.
 */
export function checksumsOf({ siblings }: HubInfo): ModelChecksums {
  const told = siblings.flatMap(({ rfilename, lfs }) =>
    lfs ? [[rfilename, lfs.sha256] as const] : [],
  );
  return Object.fromEntries(
    told
      .filter(
        ([path, sha256]) =>
          modelChecksumsSchema.safeParse({ [path]: sha256 }).success,
      )
      .slice(0, MOST_CHECKSUMS),
  );
}

/** What a person does to get at the files of a gated repository. */
export function licenseStepOf({ id }: HubInfo, baseUrl: string): string {
  const page = `${baseUrl.replace(/^https?:\/\//, '')}/${id}`;
  return `Sign in at ${page}, accept the licence, then create a token that may read gated repositories`;
}

/** Name of the file that lists in which file each tensor is. */
export const INDEX_FILE = 'model.safetensors.index.json';

const indexSchema = z.object({
  metadata: z.object({ total_size: z.number().positive() }).optional(),
  weight_map: z.record(z.string(), z.string()),
});

/**
 * Bytes of the weights that an engine loads: the files that the index names, else `model.safetensors`, else the files in the
 * root that are no second copy. Copies in folders (`original/`), pickles and GGUF are not counted. `undefined` when there are
 * no such files or the hub does not tell their size.
 */
export function weightsBytesOf(
  { siblings }: HubInfo,
  indexText: string | undefined,
): number | undefined {
  const sizes = new Map(siblings.map(file => [file.rfilename, file.size]));
  const sum = (files: Iterable<string>) => {
    let bytes = 0;
    for (const file of files) bytes += sizes.get(file) ?? NaN;
    return bytes > 0 ? bytes : undefined;
  };
  const index =
    indexText === undefined
      ? undefined
      : indexSchema.safeParse(parseJson(indexText)).data;
  if (index) {
    return (
      sum(new Set(Object.values(index.weight_map))) ??
      index.metadata?.total_size
    );
  }
  if (sizes.has('model.safetensors')) return sum(['model.safetensors']);
  return sum(
    [...sizes.keys()].filter(file =>
      /^(?!consolidated)[^/]+\.safetensors$/.test(file),
    ),
  );
}
