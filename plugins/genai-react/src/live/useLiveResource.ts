import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  GENAI_SIGNAL_CHANNEL,
  genaiSignalSchema,
  type GenaiSignal,
} from '@promptside/backstage-plugin-genai-common';
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type DependencyList,
} from 'react';
import { startLiveLoader, type LiveLoader } from './liveLoader';

/** What of the live state a page shows. @public */
export type LiveTopic = GenaiSignal['topics'][number];

/**
 * A value that stays fresh by itself.
 *
 * @public
 */
export interface LiveResource<T> {
  /** The last good answer; kept while later requests fail. */
  value?: T;
  /** Why the last request failed; absent after a good one. */
  error?: Error;
  /** A request is under way. */
  loading: boolean;
  /** When `value` was read. */
  refreshedAt?: Date;
  /** `value` answers the question before the last change of `deps` (only with `keepPrevious`). */
  isPrevious: boolean;
  /** Asks again now. */
  refresh(): void;
}

/** Options of {@link useLiveResource}. @public */
export interface LiveResourceOptions {
  /** Hints about other topics are ignored. */
  topics: readonly LiveTopic[];
  /** Keeps showing the old answer until the new one is there when `deps` change. */
  keepPrevious?: boolean;
  /** Milliseconds between requests when nothing hints; default 15 s, 60 s where the app has signals. */
  pollMs?: number;
}

/** Several hints within this time lead to one request, so that a busy cluster does not flood the backend. */
const MIN_GAP_MS = 400;
const TIMEOUT_MS = 30_000;
const POLL_MS = 15_000;
/** With signals polling only covers a lost connection and data that ages without an event. */
const POLL_WITH_SIGNALS_MS = 60_000;

interface Snapshot<T> {
  deps: DependencyList;
  value?: T;
  valueDeps?: DependencyList;
  refreshedAt?: Date;
  error?: Error;
  loading: boolean;
}

/**
 * Reads something from the backend and keeps it fresh: polls while the tab is visible, asks again within half a second
 * of a hint on the channel `genai:state` (where the app has the signals plugin), keeps the last good value beside an
 * error, and aborts a request whose question is no longer asked.
 *
 * @param fetcher - asks the question; runs anew whenever `deps` change
 * @param deps - what the question depends on, compared one by one as by `useEffect`
 * @public
 */
export function useLiveResource<T>(
  fetcher: (signal: AbortSignal) => Promise<T>,
  deps: DependencyList,
  options: LiveResourceOptions,
): LiveResource<T> {
  const signals = useApiHolder().get(signalApiRef);
  const pollMs = options.pollMs ?? (signals ? POLL_WITH_SIGNALS_MS : POLL_MS);
  const topics = options.topics.join();
  const loader = useRef<LiveLoader>();
  const [snapshot, setSnapshot] = useState<Snapshot<T>>({
    deps,
    loading: true,
  });

  useEffect(() => {
    setSnapshot(old =>
      sameDeps(old.deps, deps)
        ? old
        : { ...old, deps, error: undefined, loading: true },
    );
    const started = startLiveLoader<T>({
      fetcher,
      pollMs,
      minGapMs: MIN_GAP_MS,
      timeoutMs: TIMEOUT_MS,
      onEvent: event =>
        setSnapshot(old => {
          switch (event.type) {
            case 'Started':
              return { ...old, loading: true };
            case 'Failed':
              return { ...old, loading: false, error: event.error };
            default:
              return {
                deps,
                value: event.value,
                valueDeps: deps,
                refreshedAt: event.at,
                loading: false,
              };
          }
        }),
    });
    loader.current = started;
    return () => started.stop();
    // The fetcher is a closure over `deps`: a new one for the same deps asks the same question.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [...deps, pollMs]);

  useEffect(() => {
    const wanted = topics.split(',');
    const subscription = signals?.subscribe(GENAI_SIGNAL_CHANNEL, message => {
      const signal = genaiSignalSchema.safeParse(message);
      if (signal.data?.topics.some(topic => wanted.includes(topic))) {
        loader.current?.hint();
      }
    });
    return () => subscription?.unsubscribe();
  }, [signals, topics]);

  const refresh = useCallback(() => loader.current?.hint(), []);
  const isCurrent = sameDeps(snapshot.deps, deps);
  const isPrevious = !sameDeps(snapshot.valueDeps ?? deps, deps);
  const keeps = !isPrevious || Boolean(options.keepPrevious);
  return {
    value: keeps ? snapshot.value : undefined,
    error: isCurrent ? snapshot.error : undefined,
    loading: isCurrent ? snapshot.loading : true,
    refreshedAt: keeps ? snapshot.refreshedAt : undefined,
    isPrevious: keeps && isPrevious && snapshot.value !== undefined,
    refresh,
  };
}

function sameDeps(a: DependencyList, b: DependencyList): boolean {
  return a.length === b.length && a.every((dep, i) => Object.is(dep, b[i]));
}
