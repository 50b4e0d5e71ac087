/** A latency since the engine was started; it only grows. */
export interface LatencyTotals {
  sumMs: number;
  count: number;
  /** Observations at or below each bound, by rising bound; the last bound may be infinite. */
  buckets: readonly { boundMs: number; count: number }[];
}

/**
 * What one reading of an engine's metrics told. Counts since the start say little alone: rates and latencies come from two
 * readings.
 *
 * @public
 */
export interface EngineReading {
  runningRequestCount?: number;
  waitingRequestCount?: number;
  kvCacheUsageRatio?: number;
  promptTokenCount?: number;
  generatedTokenCount?: number;
  generatedTokensPerSecond?: number;
  timeToFirstToken?: LatencyTotals;
  interTokenLatency?: LatencyTotals;
}
