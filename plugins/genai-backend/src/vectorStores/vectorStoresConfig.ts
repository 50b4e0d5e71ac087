import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  DEFAULT_STORE_THRESHOLDS,
  type StoreThresholds,
} from '@promptside/backstage-plugin-genai-node';
import { readMs } from '../config';
import { readStoreCredentials, type StoreCredential } from './storeCredentials';

/** A PostgreSQL that is asked by SQL, with a role that can only read. */
export interface SqlSource {
  readonly name: string;
  /** The store it is. */
  readonly cluster: string;
  readonly namespace: string;
  readonly store: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** `verify`: TLS with a certificate that is checked; `off`: plain. */
  readonly tls: 'verify' | 'off';
}

/** Settings under `genai.vectorStores`. */
export interface VectorStoresConfig {
  readonly probes: {
    readonly enabled: boolean;
    readonly intervalMs: number;
    readonly timeoutMs: number;
    /** Stores of one cluster that are asked at the same time. */
    readonly concurrency: number;
  };
  /** Fill of volumes from the kubelets, which needs `nodes/proxy`. */
  readonly volumeStats: {
    readonly enabled: boolean;
    readonly intervalMs: number;
  };
  readonly thresholds: StoreThresholds;
  readonly sql: readonly SqlSource[];
  readonly credentials: readonly StoreCredential[];
}

const ROOT = 'genai.vectorStores';

/** Reads and checks `genai.vectorStores`; a wrong value throws an error that names its key. */
export function readVectorStoresConfig(root: Config): VectorStoresConfig {
  return {
    probes: {
      enabled: root.getOptionalBoolean(`${ROOT}.probes.enabled`) ?? true,
      intervalMs: readMs(root, `${ROOT}.probes.interval`, {
        defaultMs: 30_000,
        minMs: 5_000,
        maxMs: 3_600_000,
      }),
      timeoutMs: readMs(root, `${ROOT}.probes.timeout`, {
        defaultMs: 5_000,
        minMs: 500,
        maxMs: 60_000,
      }),
      concurrency: readNumber(root, `${ROOT}.probes.concurrency`, 4, {
        min: 1,
        max: 64,
        whole: true,
      }),
    },
    volumeStats: {
      enabled: root.getOptionalBoolean(`${ROOT}.volumeStats.enabled`) ?? false,
      intervalMs: readMs(root, `${ROOT}.volumeStats.interval`, {
        defaultMs: 60_000,
        minMs: 5_000,
        maxMs: 3_600_000,
      }),
    },
    thresholds: readThresholds(root),
    sql: readSql(root),
    credentials: readStoreCredentials(root),
  };
}

function readThresholds(root: Config): StoreThresholds {
  const key = (name: string) => `${ROOT}.thresholds.${name}`;
  const ratio = (name: string, fallback: number, max = 1) =>
    readNumber(root, key(name), fallback, { min: 0, max });
  const ms = (name: string, defaultMs: number) =>
    readMs(root, key(name), { defaultMs, minMs: 1, maxMs: 366 * 86_400_000 });
  const known = DEFAULT_STORE_THRESHOLDS;
  return {
    storageWarnRatio: ratio('storageWarnRatio', known.storageWarnRatio),
    storageFullRatio: ratio('storageFullRatio', known.storageFullRatio),
    daysToFull: ratio('daysToFull', known.daysToFull, 3_650),
    backupGraceRatio: ratio('backupGraceRatio', known.backupGraceRatio, 100),
    backupMaxAgeMs: ms('backupMaxAge', known.backupMaxAgeMs),
    slowAnswerMs: ms('slowAnswer', known.slowAnswerMs),
    replicationLagMs: ms('replicationLag', known.replicationLagMs),
    walReadyCount: ratio('walReadyCount', known.walReadyCount, 1_000_000),
    deadRowRatio: ratio('deadRowRatio', known.deadRowRatio),
  };
}

function readNumber(
  root: Config,
  key: string,
  fallback: number,
  range: { min: number; max: number; whole?: boolean },
): number {
  const value = root.getOptionalNumber(key) ?? fallback;
  const { min, max, whole } = range;
  if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
    throw new InputError(
      `${key} must be ${whole ? 'a whole number' : 'a number'} between ${min} and ${max}`,
    );
  }
  return value;
}

function readSql(root: Config): SqlSource[] {
  const sources = root.getOptionalConfig(`${ROOT}.sql`);
  return (sources?.keys() ?? []).map(name => {
    const source = sources!.getConfig(name);
    const tls = source.getOptionalString('tls') ?? 'verify';
    if (tls !== 'verify' && tls !== 'off') {
      throw new InputError(`${ROOT}.sql.${name}.tls must be "verify" or "off"`);
    }
    return {
      name,
      cluster: source.getString('cluster'),
      namespace: source.getString('namespace'),
      store: source.getString('store'),
      host: source.getString('host'),
      port: readNumber(root, `${ROOT}.sql.${name}.port`, 5432, {
        min: 1,
        max: 65_535,
        whole: true,
      }),
      database: source.getString('database'),
      user: source.getString('user'),
      password: source.getString('password'),
      tls,
    };
  });
}
