import type {
  EngineMetricNames,
  LatencyNames,
  MetricSelector,
} from './EngineMetricNames';
import type { EngineReading, LatencyTotals } from './EngineReading';
import { parseExposition, type MetricSample } from './parseExposition';

type Samples = ReadonlyMap<string, readonly MetricSample[]>;

/**
 * Reads an engine's `/metrics`. Series of the same name, e.g. of several engines in one process, are added up; of cache use
 * the mean is taken. What is not there, or is not a number, is absent.
 *
 * @public
 */
export function readEngineMetrics(
  text: string,
  names: EngineMetricNames,
): EngineReading {
  const samples = new Map<string, MetricSample[]>();
  for (const sample of parseExposition(text, wantedNames(names))) {
    const known = samples.get(sample.name);
    if (known) known.push(sample);
    else samples.set(sample.name, [sample]);
  }
  const total = (selectors?: readonly MetricSelector[]) =>
    firstOf(selectors, selector => sum(valuesOf(samples, selector)));
  const latency = (all?: readonly LatencyNames[]) =>
    firstOf(all, each => readLatency(samples, each));
  return withoutAbsent({
    runningRequestCount: total(names.runningRequests),
    waitingRequestCount: total(names.waitingRequests),
    kvCacheUsageRatio: firstOf(names.kvCacheUsage, selector =>
      mean(valuesOf(samples, selector)),
    ),
    promptTokenCount: total(names.promptTokens),
    generatedTokenCount: total(names.generatedTokens),
    generatedTokensPerSecond: total(names.generatedTokensPerSecond),
    timeToFirstToken: latency(names.timeToFirstToken),
    interTokenLatency: latency(names.interTokenLatency),
  });
}

function wantedNames(names: EngineMetricNames): Set<string> {
  const { timeToFirstToken = [], interTokenLatency = [], ...plain } = names;
  const wanted = new Set<string>();
  for (const selector of Object.values(plain).flat()) {
    wanted.add(typeof selector === 'string' ? selector : selector.name);
  }
  for (const { sum: total, count, bucket } of [
    ...timeToFirstToken,
    ...interTokenLatency,
  ]) {
    wanted.add(total).add(count);
    if (bucket) wanted.add(bucket);
  }
  return wanted;
}

function firstOf<T, R>(
  candidates: readonly T[] | undefined,
  read: (candidate: T) => R | undefined,
): R | undefined {
  for (const candidate of candidates ?? []) {
    const found = read(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

function valuesOf(samples: Samples, selector: MetricSelector): number[] {
  const name = typeof selector === 'string' ? selector : selector.name;
  return (samples.get(name) ?? [])
    .filter(
      ({ labels }) =>
        typeof selector === 'string' ||
        labels[selector.label] === selector.value,
    )
    .map(({ value }) => value)
    .filter(Number.isFinite);
}

function sum(values: readonly number[]): number | undefined {
  return values.length > 0
    ? values.reduce((left, right) => left + right, 0)
    : undefined;
}

function mean(values: readonly number[]): number | undefined {
  const total = sum(values);
  return total === undefined ? undefined : total / values.length;
}

function readLatency(
  samples: Samples,
  names: LatencyNames,
): LatencyTotals | undefined {
  const total = sum(valuesOf(samples, names.sum));
  const count = sum(valuesOf(samples, names.count));
  if (total === undefined || count === undefined) return undefined;
  const byBound = new Map<number, number>();
  for (const { labels, value } of samples.get(names.bucket ?? '') ?? []) {
    const bound = labels.le === '+Inf' ? Infinity : Number(labels.le);
    if (Number.isNaN(bound) || !Number.isFinite(value)) continue;
    byBound.set(bound, (byBound.get(bound) ?? 0) + value);
  }
  return {
    sumMs: total * names.msPerUnit,
    count,
    buckets: [...byBound]
      .sort(([left], [right]) => left - right)
      .map(([bound, at]) => ({ boundMs: bound * names.msPerUnit, count: at })),
  };
}

function withoutAbsent(reading: EngineReading): EngineReading {
  return Object.fromEntries(
    Object.entries(reading).filter(([, value]) => value !== undefined),
  );
}
