/** A metric by its name, or one of its series by a label. */
export type MetricSelector =
  | string
  | { readonly name: string; readonly label: string; readonly value: string };

/** Where an engine keeps a latency: a sum and a count that only grow, and mostly buckets. */
export interface LatencyNames {
  sum: string;
  count: string;
  bucket?: string;
  /** Milliseconds in the metric's unit. */
  msPerUnit: number;
}

/**
 * How an engine calls what we want to know of it. Names stand in order of preference, the newest first: the first that is there
 * counts, for some releases show a number under its old and its new name at once.
 */
export interface EngineMetricNames {
  runningRequests?: readonly MetricSelector[];
  waitingRequests?: readonly MetricSelector[];
  /** Gauge from 0 to 1. */
  kvCacheUsage?: readonly MetricSelector[];
  timeToFirstToken?: readonly LatencyNames[];
  interTokenLatency?: readonly LatencyNames[];
  /** Counters. */
  promptTokens?: readonly MetricSelector[];
  generatedTokens?: readonly MetricSelector[];
  /** Gauge, for engines whose counter is missing. */
  generatedTokensPerSecond?: readonly MetricSelector[];
}

/** A histogram in seconds. */
export function secondsHistogram(name: string): LatencyNames {
  return { ...histogram(name), msPerUnit: 1000 };
}

/** A histogram in milliseconds. */
export function msHistogram(name: string): LatencyNames {
  return { ...histogram(name), msPerUnit: 1 };
}

/** Names of two vocabularies, the first preferred. */
export function firstThen(
  first: EngineMetricNames,
  second: EngineMetricNames,
): EngineMetricNames {
  const keys = [...Object.keys(first), ...Object.keys(second)] as Array<
    keyof EngineMetricNames
  >;
  return Object.fromEntries(
    keys.map(key => [key, [...(first[key] ?? []), ...(second[key] ?? [])]]),
  );
}

function histogram(name: string) {
  return {
    sum: `${name}_sum`,
    count: `${name}_count`,
    bucket: `${name}_bucket`,
  };
}
