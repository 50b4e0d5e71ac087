const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/**
 * Bytes in binary units with at most one decimal, e.g. `79.6 GiB`; from a thousand on in the next unit, so that numbers which stand
 * beside each other have at most three digits before the point. Absent stays absent.
 *
 * @public
 */
export function formatBytes(bytes: number): string;
/** @public */
export function formatBytes(bytes: number | undefined): string | undefined;
export function formatBytes(bytes: number | undefined): string | undefined {
  if (bytes === undefined || !Number.isFinite(bytes)) return undefined;
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(1))} ${UNITS[unit]}`;
}
