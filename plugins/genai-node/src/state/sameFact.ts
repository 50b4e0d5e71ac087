/**
 * Deep equality of facts. Facts are plain JSON-like records without cycles, so that is all it knows. A kubelet's heartbeat
 * and a new `resourceVersion` leave a fact unchanged, and an unchanged fact is no news.
 */
export function sameFact(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  if (left === null || right === null) return false;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameFact(item, right[index]))
    );
  }
  if (Array.isArray(right)) return false;
  const leftEntries = Object.entries(left).filter(
    ([, value]) => value !== undefined,
  );
  const rightRecord = right as Record<string, unknown>;
  const rightSize = Object.values(rightRecord).filter(
    value => value !== undefined,
  ).length;
  return (
    leftEntries.length === rightSize &&
    leftEntries.every(([key, value]) => sameFact(value, rightRecord[key]))
  );
}
