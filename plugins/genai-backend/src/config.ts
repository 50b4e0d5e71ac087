import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** Settings of the plugin under `genai`, read once at the start. */
export interface GenaiConfig {
  readonly clusters: {
    /** Names of the clusters to watch; absent: all of the Kubernetes plugin's. */
    readonly include?: readonly string[];
    readonly exclude: readonly string[];
    readonly refreshIntervalMs: number;
  };
  readonly watch: {
    readonly pageSize: number;
    readonly requestTimeoutMs: number;
    readonly idleMs: number;
  };
}

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.:/]*[A-Za-z0-9])?$/;

function readNames(config: Config, key: string): string[] | undefined {
  const names = config.getOptionalStringArray(key);
  names?.forEach((name, index) => {
    if (!NAME.test(name)) {
      throw new InputError(
        `genai.clusters.${key}[${index}] must be the name of a cluster in the kubernetes configuration, got "${name}"`,
      );
    }
  });
  return names;
}

/** `key` is the whole one, so that every error names what stands in the file. */
export function readMs(
  root: Config,
  key: string,
  range: { defaultMs: number; minMs: number; maxMs: number },
): number {
  if (!root.has(key)) return range.defaultMs;
  const ms = durationToMilliseconds(readDurationFromConfig(root, { key }));
  if (!(ms >= range.minMs && ms <= range.maxMs)) {
    throw new InputError(
      `${key} must be between ${range.minMs / 1000} and ${range.maxMs / 1000} seconds`,
    );
  }
  return ms;
}

/**
 * 1,000 pods of 8 KB are parsed in about 30 ms. Smaller pages cost more than they spare: each one is a token, a check of it and
 * a TLS handshake in the Kubernetes plugin. Larger ones hold the event loop up.
 */
function readPageSize(config: Config | undefined): number {
  const pageSize = config?.getOptionalNumber('pageSize') ?? 1000;
  if (!Number.isInteger(pageSize) || pageSize < 10 || pageSize > 5000) {
    throw new InputError(
      'genai.watch.pageSize must be a whole number between 10 and 5000',
    );
  }
  return pageSize;
}

/** Reads and checks `genai`; a wrong value throws an error that names its key. */
export function readGenaiConfig(root: Config): GenaiConfig {
  const clusters = root.getOptionalConfig('genai.clusters');
  const watch = root.getOptionalConfig('genai.watch');
  const include = clusters && readNames(clusters, 'include');
  return {
    clusters: {
      ...(include ? { include } : {}),
      exclude: (clusters && readNames(clusters, 'exclude')) ?? [],
      refreshIntervalMs: readMs(root, 'genai.clusters.refreshInterval', {
        defaultMs: 60_000,
        minMs: 5_000,
        maxMs: 3_600_000,
      }),
    },
    watch: {
      pageSize: readPageSize(watch),
      requestTimeoutMs: readMs(root, 'genai.watch.requestTimeout', {
        defaultMs: 60_000,
        minMs: 1_000,
        maxMs: 280_000,
      }),
      // A living watch sends a bookmark about every minute, and Node's fetch gives up on silence after 300 s.
      idleMs: readMs(root, 'genai.watch.idleTimeout', {
        defaultMs: 100_000,
        minMs: 10_000,
        maxMs: 280_000,
      }),
    },
  };
}
