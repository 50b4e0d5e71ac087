import type {
  EngineValues,
  MeasuredLatency,
  MeasuredNumber,
} from '@promptside/backstage-plugin-genai-common';
import type { EngineReading, LatencyTotals } from './EngineReading';
import { quantileOf } from './quantileOf';

/** Two readings of one engine. @public */
export interface EngineReadings {
  /** Absent when there was none yet. */
  before?: EngineReading;
  after: EngineReading;
  /** Time between them. */
  windowMs?: number;
}

/**
 * What engines did, each told by two readings: requests and tokens are added up, latencies are those of all requests
 * together. A rate that one of them cannot tell yet is absent, for the sum of the others would be too low. A counter that fell
 * was reset, and tells nothing of the time before.
 *
 * @public
 */
export function deriveEngineValues(
  engines: readonly EngineReadings[],
): EngineValues {
  const counters = (read: (reading: EngineReading) => number | undefined) =>
    total(
      engines
        .filter(({ after }) => read(after) !== undefined)
        .map(engine => rateOf(engine, read)),
    );
  const gauges = (read: (reading: EngineReading) => number | undefined) =>
    engines.flatMap(({ after }) => read(after) ?? []);
  const latency = (
    read: (reading: EngineReading) => LatencyTotals | undefined,
  ) => measuredLatency(engines.flatMap(engine => growthOf(engine, read) ?? []));
  const cache = gauges(({ kvCacheUsageRatio }) => kvCacheUsageRatio);
  const cacheTotal = total(cache);
  const values: EngineValues = {
    runningRequestCount: measured(
      total(gauges(({ runningRequestCount }) => runningRequestCount)),
    ),
    waitingRequestCount: measured(
      total(gauges(({ waitingRequestCount }) => waitingRequestCount)),
    ),
    kvCacheUsageRatio: measured(
      cacheTotal === undefined ? undefined : cacheTotal / cache.length,
    ),
    timeToFirstToken: latency(({ timeToFirstToken }) => timeToFirstToken),
    interTokenLatency: latency(({ interTokenLatency }) => interTokenLatency),
    promptTokensPerSecond: measured(
      counters(({ promptTokenCount }) => promptTokenCount),
    ),
    generatedTokensPerSecond: measured(
      counters(({ generatedTokenCount }) => generatedTokenCount) ??
        total(gauges(reading => reading.generatedTokensPerSecond)),
    ),
  };
  return present(values);
}

/** Of a sum with an unknown part nothing is known. */
function total(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce(
    (left, right) =>
      left === undefined || right === undefined ? undefined : left + right,
    values.length > 0 ? 0 : undefined,
  );
}

function rateOf(
  { before, after, windowMs }: EngineReadings,
  read: (reading: EngineReading) => number | undefined,
): number | undefined {
  const from = before && read(before);
  const to = read(after);
  if (from === undefined || to === undefined || !windowMs || to < from) {
    return undefined;
  }
  return ((to - from) * 1000) / windowMs;
}

function growthOf(
  { before, after }: EngineReadings,
  read: (reading: EngineReading) => LatencyTotals | undefined,
): LatencyTotals | undefined {
  const from = before && read(before);
  const to = read(after);
  if (!from || !to) return undefined;
  const known = new Map(
    from.buckets.map(({ boundMs, count }) => [boundMs, count]),
  );
  const growth = {
    sumMs: to.sumMs - from.sumMs,
    count: to.count - from.count,
    buckets: to.buckets.map(({ boundMs, count }) => ({
      boundMs,
      count: count - (known.get(boundMs) ?? 0),
    })),
  };
  const wasReset =
    growth.count < 0 ||
    growth.sumMs < 0 ||
    growth.buckets.some(({ count }) => count < 0);
  return wasReset || growth.count === 0 ? undefined : growth;
}

function measuredLatency(
  parts: readonly LatencyTotals[],
): MeasuredLatency | undefined {
  const count = total(parts.map(part => part.count));
  const sumMs = total(parts.map(part => part.sumMs));
  if (!count || sumMs === undefined) return undefined;
  // engines of different releases may have other bounds, whose counts cannot be added
  const [first, ...others] = parts.map(({ buckets }) => buckets);
  const sameBounds = others.every(
    buckets =>
      buckets.length === first.length &&
      buckets.every(({ boundMs }, index) => boundMs === first[index].boundMs),
  );
  const buckets = sameBounds
    ? first.map(({ boundMs }, index) => ({
        boundMs,
        count: parts.reduce((sum, part) => sum + part.buckets[index].count, 0),
      }))
    : [];
  return present({
    meanMs: measured(sumMs / count),
    p50Ms: measured(quantileOf(buckets, 0.5)),
    p95Ms: measured(quantileOf(buckets, 0.95)),
  });
}

function measured(value: number | undefined): MeasuredNumber | undefined {
  return value === undefined || !Number.isFinite(value)
    ? undefined
    : { value, grade: 'measured' };
}

function present<T extends object>(values: T): T {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as T;
}
