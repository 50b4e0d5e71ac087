import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until `accept` says yes; the test's own limit ends it otherwise. */
export async function eventually<T>(
  ask: () => Promise<T>,
  accept: (answer: T) => boolean,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (accept(answer)) return answer;
    await sleep(50);
  }
}
