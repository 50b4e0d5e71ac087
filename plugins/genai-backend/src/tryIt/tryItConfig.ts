import type { Config } from '@backstage/config';

/** Settings under `genai.tryIt`. */
export interface TryItConfig {
  readonly enabled: boolean;
}

/** Reads `genai.tryIt`; a wrong value throws an error that names its key. */
export function readTryItConfig(root: Config): TryItConfig {
  return { enabled: root.getOptionalBoolean('genai.tryIt.enabled') ?? true };
}
