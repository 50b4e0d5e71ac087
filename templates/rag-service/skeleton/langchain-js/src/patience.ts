import { setTimeout as sleep } from 'node:timers/promises';
import { isFault, type FaultCode } from './faults.ts';

/** Calls `attempt` up to 1 + retries times. Waits twice as long each time, with jitter; Retry-After is obeyed up to 30 s. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  code: FaultCode,
  { retries = 3, firstDelayMs = 500 } = {},
): Promise<T> {
  for (let number = 0; ; number += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isFault(error, code) || number >= retries) throw error;
      const told = error.retryAfterSeconds;
      const delay = firstDelayMs * 2 ** number * (0.75 + Math.random() / 2);
      await sleep(told === undefined ? delay : Math.min(30_000, told * 1000));
    }
  }
}

/** What `work` gives, unless it takes longer: then what `late` makes is thrown. */
export async function within<T>(seconds: number, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), seconds * 1000);
  });
  try {
    return await Promise.race([work, bound]);
  } finally {
    clearTimeout(timer);
    // Whatever comes after the bound is nobody's.
    work.catch(() => {});
  }
}
