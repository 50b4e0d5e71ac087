/** Time as the limiter needs it; tests inject their own. */
export interface Timer {
  /** Milliseconds since any fixed moment. */
  now(): number;
  /** Calls back once after `ms`; must not keep the process alive. */
  after(ms: number, callback: () => void): void;
}

/** The time of this process, which no correction of the clock turns back. */
export const processTimer: Timer = {
  now: () => performance.now(),
  after: (ms, callback) => {
    setTimeout(callback, ms).unref();
  },
};

/**
 * Calls `run` at once and then at most every `intervalMs`, however often it is asked; what is asked in between is one call
 * at the end of the interval. Hints of change come in bursts, and entities are not in a hurry.
 */
export function limitRate(
  run: () => void,
  intervalMs: number,
  timer: Timer,
): () => void {
  let lastAt = -Infinity;
  let waits = false;
  const fire = () => {
    waits = false;
    lastAt = timer.now();
    run();
  };
  return () => {
    if (waits) return;
    const left = lastAt + intervalMs - timer.now();
    if (left <= 0) {
      fire();
      return;
    }
    waits = true;
    timer.after(left, fire);
  };
}
