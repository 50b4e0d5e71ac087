import type { GenaiSignal } from '@promptside/backstage-plugin-genai-common';
import type { Clock } from '../connections/Clock';

/** Turns changes into hints. */
export interface SignalPublisher {
  /** Does not need `this`. */
  changed: (change: GenaiSignal) => void;
}

/** What waits for the end of a cluster's window. */
interface Waiting {
  version: number;
  topics: Set<GenaiSignal['topics'][number]>;
}

/**
 * The first change goes out at once, what follows within `windowMs` is sent together at its end: a page hears of a single
 * event without delay, and a rollout of a thousand pods makes a few hints a second, not thousands.
 */
export function createSignalPublisher(options: {
  publish(signal: GenaiSignal): Promise<void>;
  windowMs: number;
  clock: Clock;
  signal: AbortSignal;
}): SignalPublisher {
  const { publish, windowMs, clock, signal } = options;
  /** By cluster; an entry means that its window is open. */
  const open = new Map<string, Waiting>();

  const runWindow = async (cluster: string, waiting: Waiting) => {
    for (;;) {
      await clock.sleep(windowMs, signal);
      if (signal.aborted || waiting.topics.size === 0) break;
      const topics = [...waiting.topics].sort();
      waiting.topics.clear();
      void publish({ cluster, version: waiting.version, topics });
    }
    open.delete(cluster);
  };

  return {
    changed: change => {
      const { cluster, version, topics } = change;
      if (topics.length === 0 || signal.aborted) return;
      const waiting = open.get(cluster);
      if (waiting) {
        waiting.version = version;
        for (const topic of topics) waiting.topics.add(topic);
        return;
      }
      const fresh: Waiting = { version, topics: new Set() };
      open.set(cluster, fresh);
      void publish(change);
      void runWindow(cluster, fresh);
    },
  };
}
