/**
 * Paths of the keys that a tolerant schema dropped from a value. Answers are read tolerantly, so the schemas drop what they
 * do not know; in a file that a person wrote this is a slip of the pen.
 */
export function lostKeys(
  written: unknown,
  read: unknown,
): Array<Array<string | number>> {
  if (Array.isArray(written) && Array.isArray(read)) {
    return written.flatMap((item, index) =>
      lostKeys(item, read[index]).map(path => [index, ...path]),
    );
  }
  if (!isRecord(written) || !isRecord(read)) return [];
  return Object.entries(written).flatMap(([key, value]) =>
    Object.hasOwn(read, key)
      ? lostKeys(value, read[key]).map(path => [key, ...path])
      : [[key]],
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
