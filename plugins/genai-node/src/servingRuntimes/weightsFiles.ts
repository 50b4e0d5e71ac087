import type {
  InferenceSpec,
  ModelChecksums,
} from '@promptside/backstage-plugin-genai-common';

/**
 * What no engine loads beside safetensors: copies in other formats, pickles (which can run code when they are loaded), exports for
 * other runtimes, pictures. Patterns as the hub's library reads them: `*` goes over slashes.
 */
const UNUSED = [
  'original/*',
  'metal/*',
  'onnx/*',
  'openvino/*',
  'coreml/*',
  'consolidated*',
  '*.bin',
  '*.pt',
  '*.pth',
  '*.ckpt',
  '*.pkl',
  '*.gguf',
  '*.onnx',
  '*.h5',
  '*.msgpack',
  '*.ot',
  '*.tflite',
  '*.png',
  '*.jpg',
  '*.jpeg',
  '*.gif',
  '*.mp4',
  '*.pdf',
] as const;

/** A GGUF file that was split names its number and how many there are. */
const SPLIT = /^(.*)-\d{5}-of-(\d{5})\.gguf$/;

/** Which files of a repository are downloaded. One of the lists is empty. */
export interface WeightsFiles {
  include: readonly string[];
  exclude: readonly string[];
}

/** The one file that is named, with the other parts of a split one; else everything that an engine loads. */
export function weightsFiles({ spec }: InferenceSpec): WeightsFiles {
  const { file } = spec.model;
  if (!file) return { include: [], exclude: UNUSED };
  const [, stem, parts] = SPLIT.exec(file) ?? [];
  return {
    include: [stem === undefined ? file : `${stem}-*-of-${parts}.gguf`],
    exclude: [],
  };
}

/** What the marker says when the weights are complete: the commit, and which file of it where one is named. */
export function weightsMarker({ spec }: InferenceSpec): string {
  const { revision, file } = spec.model;
  return [revision, file].filter(Boolean).join(' ');
}

/**
 * Checksums of files that are downloaded, in the format of `sha256sum`. Those of other files of the repository are left out:
 * they would be missed.
 */
export function weightsSums(spec: InferenceSpec): string {
  const loaded = checksumsOfLoaded(spec, spec.spec.model.checksums ?? {});
  return Object.entries(loaded)
    .map(([path, sha256]) => `${sha256}  ${path}\n`)
    .join('');
}

/**
 * Those of a repository's checksums that a service needs, in the order of their paths.
 *
 * @public
 */
export function checksumsOfLoaded(
  spec: InferenceSpec,
  checksums: ModelChecksums,
): ModelChecksums {
  const { include, exclude } = weightsFiles(spec);
  return Object.fromEntries(
    Object.entries(checksums)
      .filter(([path]) =>
        include.length > 0
          ? include.some(pattern => matches(pattern, path))
          : !exclude.some(pattern => matches(pattern, path)),
      )
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

function matches(pattern: string, path: string): boolean {
  const source = pattern
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(path);
}
