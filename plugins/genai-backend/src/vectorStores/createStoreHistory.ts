import type {
  ClusterStatus,
  StoreSeries,
} from '@promptside/backstage-plugin-genai-common';
import {
  deriveStoreSamples,
  type ClusterState,
  type StoreKnowledge,
} from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from '../connections/Clock';
import { createSeries, type SeriesOfStore } from './storeSeries';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Steps of the last day; a day then has 288 of them. */
const DAY_STEP_MS = 5 * MINUTE_MS;
/** A finer last hour would be no better to look at. */
const MIN_STEP_MS = 15_000;
/** Stores that are remembered: at some 60 KB each it stays below 20 MB. */
const MAX_STORES = 300;

/** What is remembered of vector stores, in memory. */
export interface StoreHistory {
  /** Start of the memory, ISO 8601. */
  readonly keptSince: string;
  /** Empty series for a store that was never seen. */
  find(
    cluster: string,
    uid: string,
  ): { lastHour: StoreSeries; lastDay: StoreSeries };
  /** Grows with every round of samples. */
  readonly revision: number;
  /** Runs until the signal of the options aborts. */
  run(): Promise<void>;
}

interface Entry {
  lastHour: SeriesOfStore;
  lastDay: SeriesOfStore;
  /** Milliseconds since the epoch. */
  seenAt: number;
}

/**
 * Takes a sample of every store at the pace of its probes. Clusters that are not live give none: what was true a while ago is not
 * what is true now. Stores that are gone are forgotten after a day, and the longest gone first where there are too many.
 */
export function createStoreHistory(options: {
  view(): {
    states: readonly ClusterState[];
    clusters: readonly ClusterStatus[];
  };
  knowledge(): StoreKnowledge;
  /** Pace of the probes. */
  intervalMs: number;
  clock: Clock;
  signal: AbortSignal;
  maxStores?: number;
}): StoreHistory {
  const { view, knowledge, clock, signal, maxStores = MAX_STORES } = options;
  const stepMs = Math.max(options.intervalMs, MIN_STEP_MS);
  const entries = new Map<string, Entry>();
  const keptSince = isoNow(clock);
  let revision = 0;

  const fresh = (): Entry => ({
    lastHour: createSeries(stepMs, HOUR_MS),
    lastDay: createSeries(Math.max(stepMs, DAY_STEP_MS), 24 * HOUR_MS),
    seenAt: clock.now(),
  });

  const forget = () => {
    const now = clock.now();
    const byAge = [...entries].sort(([, a], [, b]) => a.seenAt - b.seenAt);
    const tooMany = entries.size - maxStores;
    byAge.forEach(([key, { seenAt }], index) => {
      if (index < tooMany || now - seenAt > 24 * HOUR_MS) entries.delete(key);
    });
  };

  const takeAll = () => {
    const { states, clusters } = view();
    for (const state of states) {
      const status = clusters.find(({ name }) => name === state.name);
      if (status?.state !== 'Live') continue;
      for (const { uid, sample } of deriveStoreSamples(state, knowledge())) {
        const key = `${state.name}/${uid}`;
        const entry = entries.get(key) ?? fresh();
        entries.set(key, entry);
        entry.seenAt = clock.now();
        entry.lastHour.add(sample);
        entry.lastDay.add(sample);
      }
    }
    forget();
    revision += 1;
  };

  return {
    keptSince,
    find(cluster, uid) {
      const { lastHour, lastDay } = entries.get(`${cluster}/${uid}`) ?? fresh();
      const now = clock.now();
      return { lastHour: lastHour.read(now), lastDay: lastDay.read(now) };
    },
    get revision() {
      return revision;
    },
    async run() {
      while (!signal.aborted) {
        takeAll();
        await clock.sleep(stepMs, signal);
      }
    },
  };
}
