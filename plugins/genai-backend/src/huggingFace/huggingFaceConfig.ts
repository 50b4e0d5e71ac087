import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readMs } from '../config';

/** Settings under `genai.huggingFace`. */
export interface HuggingFaceConfig {
  readonly enabled: boolean;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly token?: string;
  /** Limit for one lookup, all its requests together. */
  readonly requestTimeoutMs: number;
  /** How long an answer is kept. */
  readonly cacheMs: number;
}

function readBaseUrl(config: Config | undefined): string {
  const text = config?.getOptionalString('baseUrl') ?? 'https://huggingface.co';
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    // answered below
  }
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search) {
    throw new InputError(
      'genai.huggingFace.baseUrl must be an address such as https://huggingface.co, without credentials and query',
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Reads and checks `genai.huggingFace`; a wrong value throws an error that names its key. */
export function readHuggingFaceConfig(root: Config): HuggingFaceConfig {
  const config = root.getOptionalConfig('genai.huggingFace');
  const token = config?.getOptionalString('token');
  return {
    enabled: config?.getOptionalBoolean('enabled') ?? true,
    baseUrl: readBaseUrl(config),
    ...(token ? { token } : {}),
    requestTimeoutMs: readMs(root, 'genai.huggingFace.requestTimeout', {
      defaultMs: 15_000,
      minMs: 1_000,
      maxMs: 120_000,
    }),
    cacheMs: readMs(root, 'genai.huggingFace.cacheTime', {
      defaultMs: 900_000,
      minMs: 0,
      maxMs: 86_400_000,
    }),
  };
}
