/** Runs a task when one of the limited places is free. */
export type ConcurrencyLimit = <T>(task: () => Promise<T>) => Promise<T>;

/**
 * At most `places` tasks at the same time, the others wait in order of arrival. Every cluster has a limit of its own, so
 * that one that hangs holds no other up.
 */
export function limitConcurrency(places: number): ConcurrencyLimit {
  const waiting: Array<() => void> = [];
  let free = places;
  return async task => {
    if (free > 0) free -= 1;
    else await new Promise<void>(resolve => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
