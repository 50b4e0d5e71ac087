/**
 * A quantile of a histogram, reckoned as Prometheus' `histogram_quantile`: evenly spread within a bucket, and the highest finite
 * bound for what lies above it. `undefined` without observations.
 *
 * @param buckets - observations at or below each bound, by rising bound, the infinite one last
 */
export function quantileOf(
  buckets: readonly { boundMs: number; count: number }[],
  quantile: number,
): number | undefined {
  const last = buckets.at(-1);
  // without the infinite bucket nobody knows how many lie above
  if (!last || last.boundMs !== Infinity || !(last.count > 0)) return undefined;
  const rank = quantile * last.count;
  const index = buckets.findIndex(({ count }) => count >= rank);
  const { boundMs, count } = buckets[index];
  const below = index > 0 ? buckets[index - 1] : { boundMs: 0, count: 0 };
  if (boundMs === Infinity) return index > 0 ? below.boundMs : undefined;
  const share = (rank - below.count) / (count - below.count);
  return below.boundMs + (boundMs - below.boundMs) * share;
}
