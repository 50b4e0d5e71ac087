/** Far above the number of namespaces, nodes and reasons of a large cluster, far below what would matter in memory. */
const BOUND = 100_000;
let pool = new Map<string, string>();

/**
 * One copy of strings that repeat from object to object (namespaces, nodes, reasons). A parsed list of 20,000 pods holds
 * 20,000 copies of each otherwise. The pool starts anew when it is full; that costs sharing, never correctness.
 */
export function intern(text: string): string {
  const known = pool.get(text);
  if (known !== undefined) return known;
  if (pool.size >= BOUND) pool = new Map();
  pool.set(text, text);
  return text;
}
