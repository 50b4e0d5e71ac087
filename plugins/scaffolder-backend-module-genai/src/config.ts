import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Settings of the actions, read once at the start. */
export interface ScaffolderGenaiConfig {
  readonly namespaceOwnership: 'enforce' | 'ignore';
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
  return { namespaceOwnership };
}
