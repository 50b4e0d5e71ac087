/** Way from the root of a value to a part of it. */
export type Path = readonly (string | number)[];

/** Text, number, boolean or null at the end of a path. */
export interface Leaf {
  path: Path;
  value: unknown;
}

/** All leaves of plain JSON data, in order. Empty lists and maps are leaves, too. */
export function leavesOf(value: unknown, path: Path = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((each, index) => [index, each])
    : Object.entries(value).filter(([, each]) => each !== undefined);
  if (entries.length === 0) return [{ path, value }];
  return entries.flatMap(([key, each]) => leavesOf(each, [...path, key]));
}

/** A path as a key of maps. */
export function pathKey(path: Path): string {
  return JSON.stringify(path);
}

/** The part of a value at a path; undefined where there is none. */
export function partAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null
        ? (part as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}

/** A copy of a value with parts replaced. Paths that do not exist are an error of the caller. */
export function withParts<T>(
  value: T,
  parts: readonly { path: Path; part: unknown }[],
): T {
  const copy = structuredClone(value);
  for (const { path, part } of parts) {
    const parent = partAt(copy, path.slice(0, -1)) as Record<
      string | number,
      unknown
    >;
    parent[path[path.length - 1]] = part;
  }
  return copy;
}
