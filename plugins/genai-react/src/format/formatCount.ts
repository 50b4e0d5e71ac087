const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  maximumFractionDigits: 1,
});

/**
 * A count with thousands separators.
 *
 * @public
 */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/**
 * A large count in one short word as model cards have it: `7.2B`, `131.1K`.
 *
 * @public
 */
export function formatShortCount(count: number): string {
  return SHORT.format(count);
}

/**
 * A count with its noun: `1 pod`, `3 pods`.
 *
 * @param many - plural when it is not the singular with `s`
 * @public
 */
export function formatQuantity(
  count: number,
  one: string,
  many: string = `${one}s`,
): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
