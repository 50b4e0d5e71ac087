import type {
  StoreSample,
  StoreSeries,
  VectorStoreState,
} from '@promptside/backstage-plugin-genai-common';

/** The worst first. */
const STATES: readonly VectorStoreState[] = [
  'Down',
  'Degraded',
  'Unknown',
  'Healthy',
];

/** Samples of one store at even steps, the oldest dropped when there are too many or when they are too old. */
export interface SeriesOfStore {
  add(sample: StoreSample): void;
  /** @param now - milliseconds since the epoch */
  read(now: number): StoreSeries;
}

/** An empty series of at most `spanMs / stepMs` samples (and the one that is being filled). Times in milliseconds. */
export function createSeries(stepMs: number, spanMs: number): SeriesOfStore {
  const limit = Math.ceil(spanMs / stepMs) + 1;
  const samples: StoreSample[] = [];
  const stepOf = (at: string) => Math.floor(Date.parse(at) / stepMs);
  return {
    add(sample) {
      const last = samples.at(-1);
      if (last && stepOf(last.at) === stepOf(sample.at)) {
        samples[samples.length - 1] = merge(last, sample);
        return;
      }
      samples.push(sample);
      if (samples.length > limit) samples.shift();
    },
    read: now => ({
      stepMs,
      spanMs,
      samples: samples.filter(({ at }) => now - Date.parse(at) <= spanMs),
    }),
  };
}

/** The worst state and the slowest answer of a step, and its last counts: what went wrong for a moment stays to be seen. */
function merge(first: StoreSample, second: StoreSample): StoreSample {
  const latencies = [first.latencyMs, second.latencyMs].filter(
    latency => latency !== undefined,
  );
  return {
    ...first,
    ...second,
    at: first.at,
    state: STATES.find(
      state => state === first.state || state === second.state,
    )!,
    ...(latencies.length > 0 ? { latencyMs: Math.max(...latencies) } : {}),
  };
}
