import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  parseEngineImages,
  type EngineImages,
} from '@promptside/backstage-plugin-genai-node';

/** Settings of the actions, read once at the start. */
export interface ScaffolderGenaiConfig {
  readonly namespaceOwnership: 'enforce' | 'ignore';
  /** Rows that replace those of our table of images. */
  readonly images: EngineImages;
}

/** @throws InputError that names the key: a wrong value stops the start. */
export function readScaffolderGenaiConfig(
  config: Config,
): ScaffolderGenaiConfig {
  const key = 'genai.scaffolder.namespaceOwnership';
  const namespaceOwnership = config.getOptionalString(key) ?? 'enforce';
  if (namespaceOwnership !== 'enforce' && namespaceOwnership !== 'ignore') {
    throw new InputError(
      `${key} must be "enforce" or "ignore", not "${namespaceOwnership}"`,
    );
  }
  return {
    namespaceOwnership,
    // As a whole: rows such as "nvidia/8.9" are no paths of keys.
    images: parseEngineImages(config.getOptional('genai.images')),
  };
}
