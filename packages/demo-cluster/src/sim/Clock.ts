/** Time as the simulation sees it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs the callback once after a delay; the returned function cancels it. */
  schedule(delayMs: number, callback: () => void): () => void;
}

/** Longest delay of a Node timer; longer ones would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** The machine's own time. */
export function createRealClock(): Clock {
  return {
    now: () => Date.now(),
    schedule(delayMs, callback) {
      const timer = setTimeout(
        callback,
        Math.min(MAX_TIMER_MS, Math.max(0, delayMs)),
      );
      return () => clearTimeout(timer);
    },
  };
}

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  /** Moves on and runs what falls due, in order of time, including what that schedules in turn. */
  advance(ms: number): void;
  /** Runs everything that is due now. */
  settle(): void;
  /** Number of callbacks that wait: 0 means that the simulation is at rest. */
  pending(): number;
}

interface Timer {
  at: number;
  order: number;
  callback: () => void;
}

/**
 * A deterministic clock for tests and for building a past: no real waiting, ties run in order of scheduling.
 */
export function createManualClock(startMs: number): ManualClock {
  let now = startMs;
  let order = 0;
  const timers = new Set<Timer>();
  const nextDue = (limit: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (
        timer.at <= limit &&
        (!first ||
          timer.at < first.at ||
          (timer.at === first.at && timer.order < first.order))
      ) {
        first = timer;
      }
    }
    return first;
  };
  const runUntil = (limit: number) => {
    for (let due = nextDue(limit); due; due = nextDue(limit)) {
      timers.delete(due);
      now = Math.max(now, due.at);
      due.callback();
    }
    now = limit;
  };
  return {
    now: () => now,
    schedule(delayMs, callback) {
      const timer = {
        at: now + Math.max(0, delayMs),
        order: order++,
        callback,
      };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance: ms => runUntil(now + ms),
    settle: () => runUntil(now),
    pending: () => timers.size,
  };
}
