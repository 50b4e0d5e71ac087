const NOTHING: ReadonlySet<never> = new Set();

/** Sets by key; a key without values takes no memory. */
export class MultiMap<V> {
  readonly #sets = new Map<string, Set<V>>();

  add(key: string | undefined, value: V): void {
    if (key === undefined) return;
    const set = this.#sets.get(key);
    if (set) set.add(value);
    else this.#sets.set(key, new Set([value]));
  }

  delete(key: string | undefined, value: V): void {
    if (key === undefined) return;
    const set = this.#sets.get(key);
    if (set?.delete(value) && set.size === 0) this.#sets.delete(key);
  }

  get(key: string): ReadonlySet<V> {
    return this.#sets.get(key) ?? NOTHING;
  }

  has(key: string): boolean {
    return this.#sets.has(key);
  }
}
