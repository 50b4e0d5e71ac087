import type {
  ClusterState,
  KubeTransport,
  ProbeReading,
  StoredProbe,
  StoreTarget,
} from '@promptside/backstage-plugin-genai-node';
import { deriveStoreTargets } from '@promptside/backstage-plugin-genai-node';
import type { Random } from '../connections/backoff';
import { isoNow, type Clock } from '../connections/Clock';
import {
  limitConcurrency,
  type ConcurrencyLimit,
} from '../connections/limitConcurrency';
import { probeSql, type CreateSqlClient } from './probeSql';
import { probeStore } from './probeStore';
import type { VectorStoresConfig } from './vectorStoresConfig';

/** How often it looks which store is due. */
const TICK_MS = 1_000;

/** Longest pause after failures, as a multiple of the interval. */
const MAX_BACKOFF = 8;

/** Asks vector stores in the background and keeps their last answers. */
export interface StoreProber {
  find(cluster: string, uid: string): StoredProbe | undefined;
  /** Grows with every answer that differs from the one before. */
  readonly revision: number;
  /** Runs until the signal of the options aborts. */
  run(): Promise<void>;
}

interface Entry {
  /** Milliseconds since the epoch. */
  dueAt: number;
  failures: number;
  /** What the target looked like; another look is asked at once. */
  looks: string;
  running: boolean;
  probe?: StoredProbe;
}

/**
 * Each store is asked once in an interval, give or take a tenth, so that many do not fall together. One that the portal may not or
 * cannot ask is asked less often, and at once when its pods or Services change; one that does not answer keeps its pace, because that
 * is what people wait for.
 */
export function createStoreProber(options: {
  transport: KubeTransport;
  states(): readonly ClusterState[];
  config: VectorStoresConfig;
  clock: Clock;
  random: Random;
  signal: AbortSignal;
  onChange(cluster: string): void;
  createSqlClient?: CreateSqlClient;
  /** For stores whose address is configured. */
  fetch?: typeof fetch;
}): StoreProber {
  const { states, config, clock, random, signal, onChange } = options;
  const { thresholds } = config;
  const { intervalMs, timeoutMs, concurrency } = config.probes;
  const entries = new Map<string, Entry>();
  const limits = new Map<string, ConcurrencyLimit>();
  let revision = 0;

  const limitOf = (cluster: string) => {
    const limit = limits.get(cluster) ?? limitConcurrency(concurrency);
    limits.set(cluster, limit);
    return limit;
  };

  const read = async (target: StoreTarget): Promise<ProbeReading[]> => {
    const isTarget = (named: {
      cluster: string;
      namespace: string;
      store: string;
    }) =>
      named.cluster === target.cluster &&
      named.namespace === target.namespace &&
      named.store === target.name;
    const source = config.sql.find(isTarget);
    const credential = config.credentials.find(isTarget);
    const { createSqlClient: createClient } = options;
    const readings = await Promise.all([
      probeStore({ ...options, target, credential, timeoutMs, thresholds }),
      source &&
        probeSql({ source, timeoutMs, thresholds, clock, createClient }),
    ]);
    return readings.filter(reading => reading !== undefined);
  };

  const probe = async (target: StoreTarget, entry: Entry): Promise<void> => {
    const readings = await limitOf(target.cluster)(() =>
      signal.aborted ? Promise.resolve([]) : read(target),
    );
    entry.running = false;
    if (signal.aborted) return;
    entry.failures = readings.every(isBarred) ? entry.failures + 1 : 0;
    const factor = Math.min(MAX_BACKOFF, 2 ** entry.failures);
    const jitter = 0.9 + random() * 0.2;
    entry.dueAt = clock.now() + intervalMs * factor * jitter;
    const changed = meaningOf(entry.probe?.readings) !== meaningOf(readings);
    entry.probe = { checkedAt: isoNow(clock), readings };
    revision += 1;
    if (changed) onChange(target.cluster);
  };

  const tick = () => {
    const seen = new Set<string>();
    for (const state of states()) {
      for (const target of deriveStoreTargets(state)) {
        const key = `${target.cluster}/${target.uid}`;
        seen.add(key);
        const looks = looksOf(target);
        const known = entries.get(key);
        const entry: Entry = known ?? {
          // the first round is spread over a few seconds
          dueAt: clock.now() + random() * Math.min(2_000, intervalMs),
          failures: 0,
          looks,
          running: false,
        };
        entries.set(key, entry);
        if (entry.looks !== looks) {
          entry.looks = looks;
          entry.failures = 0;
          entry.dueAt = Math.min(entry.dueAt, clock.now());
        }
        if (entry.running || entry.dueAt > clock.now()) continue;
        entry.running = true;
        void probe(target, entry);
      }
    }
    for (const key of entries.keys()) if (!seen.has(key)) entries.delete(key);
  };

  return {
    find: (cluster, uid) => entries.get(`${cluster}/${uid}`)?.probe,
    get revision() {
      return revision;
    },
    async run() {
      while (!signal.aborted) {
        tick();
        await clock.sleep(TICK_MS, signal);
      }
    },
  };
}

/** The portal could not even ask. */
function isBarred({ checks, notProbed }: ProbeReading): boolean {
  return (
    (notProbed !== undefined ||
      checks.every(({ name, outcome }) =>
        name === 'Reachable' ? outcome === 'Unknown' : outcome !== 'Fail',
      )) &&
    !checks.some(({ outcome }) => outcome === 'Pass')
  );
}

function looksOf({ readyPods, store }: StoreTarget): string {
  return JSON.stringify([readyPods, store.rollout?.desired, store.custom]);
}

/** What a page would show otherwise; latencies differ every time. */
function meaningOf(readings: readonly ProbeReading[] | undefined): string {
  return JSON.stringify(
    readings?.map(
      ({ checks, collections, collectionCount, reportedVersion }) => [
        checks.map(({ name, outcome, impact, reason }) => [
          name,
          outcome,
          impact,
          reason,
        ]),
        collections,
        collectionCount,
        reportedVersion,
      ],
    ),
  );
}
