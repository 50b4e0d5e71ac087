import { Clock } from './Clock';

/**
 * Keys waiting for a controller. A key waits once however often it is added; a delayed key keeps its earliest time.
 */
export interface WorkQueue {
  add(key: string): void;
  addAfter(key: string, delayMs: number): void;
  stop(): void;
}

/** Keys of one drain: few, so that the API stays responsive while a large cluster settles. A count and not a time, so that a seed always gives the same course. */
const KEYS_PER_DRAIN = 64;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

/**
 * A queue whose keys are handed to `reconcile` one after another, never two at once. A key whose reconcile throws is
 * tried again, later each time; `onError` hears of it.
 */
export function createWorkQueue(options: {
  clock: Clock;
  reconcile: (key: string) => number | void;
  onError: (key: string, error: unknown) => void;
}): WorkQueue {
  const { clock, reconcile, onError } = options;
  const ready = new Set<string>();
  const delayed = new Map<string, { dueAt: number; cancel: () => void }>();
  const retries = new Map<string, number>();
  let cancelDrain: (() => void) | undefined;
  let stopped = false;

  const wake = () => {
    if (!cancelDrain && !stopped) {
      cancelDrain = clock.schedule(0, drain);
    }
  };

  const addAfter = (key: string, delayMs: number) => {
    if (stopped) {
      return;
    }
    const dueAt = clock.now() + delayMs;
    const waiting = delayed.get(key);
    if (waiting && waiting.dueAt <= dueAt) {
      return;
    }
    waiting?.cancel();
    const cancel = clock.schedule(delayMs, () => {
      delayed.delete(key);
      ready.add(key);
      wake();
    });
    delayed.set(key, { dueAt, cancel });
  };

  const handle = (key: string) => {
    try {
      const againAfterMs = reconcile(key);
      retries.delete(key);
      if (againAfterMs !== undefined) {
        addAfter(key, againAfterMs);
      }
    } catch (error) {
      const failures = retries.get(key) ?? 0;
      retries.set(key, failures + 1);
      onError(key, error);
      addAfter(key, Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures));
    }
  };

  function drain() {
    cancelDrain = undefined;
    let handled = 0;
    for (const key of ready) {
      ready.delete(key);
      handle(key);
      handled += 1;
      if (stopped || handled >= KEYS_PER_DRAIN) {
        break;
      }
    }
    if (ready.size > 0) {
      wake();
    }
  }

  return {
    add(key) {
      if (!stopped) {
        ready.add(key);
        wake();
      }
    },
    addAfter,
    stop() {
      stopped = true;
      cancelDrain?.();
      delayed.forEach(({ cancel }) => cancel());
      delayed.clear();
      ready.clear();
    },
  };
}
