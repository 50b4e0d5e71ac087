const DAY_MS = 86_400_000;
/** A pace from less than this says more of a load than of a trend. */
const MIN_WINDOW_MS = 2 * 3_600_000;
/** Beyond this nobody plans. */
const MAX_DAYS = 365;

/** Use of a volume at a moment. */
export interface FillSample {
  /** Milliseconds since the epoch. */
  at: number;
  usedBytes: number;
}

/**
 * Days until a volume is full at the pace of its samples, by least squares. `undefined` when they span too little time, when it does
 * not grow, or when it would take more than a year.
 */
export function daysToFull(
  samples: readonly FillSample[],
  now: { usedBytes: number; capacityBytes: number },
): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < MIN_WINDOW_MS) return undefined;
  const meanAt = mean(samples.map(({ at }) => at));
  const meanUsed = mean(samples.map(({ usedBytes }) => usedBytes));
  let covariance = 0;
  let variance = 0;
  for (const { at, usedBytes } of samples) {
    covariance += (at - meanAt) * (usedBytes - meanUsed);
    variance += (at - meanAt) ** 2;
  }
  const bytesPerMs = covariance / variance;
  if (!(bytesPerMs > 0)) return undefined;
  const left = Math.max(0, now.capacityBytes - now.usedBytes);
  const days = left / bytesPerMs / DAY_MS;
  return days <= MAX_DAYS ? days : undefined;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
