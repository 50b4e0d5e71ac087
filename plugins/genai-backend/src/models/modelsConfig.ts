import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readMs } from '../config';

/** Where one file of models lies. */
export interface ModelSourceConfig {
  /** Key under `genai.models.sources`. */
  readonly name: string;
  /** Path on this machine or address, as it stands in the configuration. */
  readonly location: string;
  readonly kind: 'file' | 'url';
  /** The location without credentials and query, for people. */
  readonly file: string;
}

/** Settings under `genai.models`. */
export interface ModelsConfig {
  readonly sources: readonly ModelSourceConfig[];
  readonly refreshIntervalMs: number;
  readonly requestTimeoutMs: number;
}

/** An address without what may be secret in it. */
function displayUrl(key: string, text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new InputError(`${key} must be an address such as https://host/path`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InputError(`${key} must begin with https:// or http://`);
  }
  return `${url.origin}${url.pathname}`;
}

function readSource(config: Config, name: string): ModelSourceConfig {
  const key = `genai.models.sources.${name}`;
  const source = config.getConfig(name);
  const file = source.getOptionalString('file');
  const url = source.getOptionalString('url');
  if (file !== undefined && url === undefined) {
    return { name, kind: 'file', location: file, file };
  }
  if (url !== undefined && file === undefined) {
    const shown = displayUrl(`${key}.url`, url);
    return { name, kind: 'url', location: url, file: shown };
  }
  throw new InputError(`${key} must have either "file" or "url"`);
}

/** Reads and checks `genai.models`; a wrong value throws an error that names its key. */
export function readModelsConfig(root: Config): ModelsConfig {
  const sources = root.getOptionalConfig('genai.models.sources');
  return {
    sources: sources?.keys().map(name => readSource(sources, name)) ?? [],
    refreshIntervalMs: readMs(root, 'genai.models.refreshInterval', {
      defaultMs: 600_000,
      minMs: 10_000,
      maxMs: 86_400_000,
    }),
    requestTimeoutMs: readMs(root, 'genai.models.requestTimeout', {
      defaultMs: 30_000,
      minMs: 1_000,
      maxMs: 280_000,
    }),
  };
}
