/** What a loader reports. */
export type LiveLoaderEvent<T> =
  | { type: 'Started' }
  | { type: 'Succeeded'; value: T; at: Date }
  | { type: 'Failed'; error: Error };

/** Options of {@link startLiveLoader}. Times in milliseconds. */
export interface LiveLoaderOptions<T> {
  fetcher(signal: AbortSignal): Promise<T>;
  onEvent(event: LiveLoaderEvent<T>): void;
  /** Pause between the end of one request and the next without a hint. */
  pollMs: number;
  /** Least time between two starts, however many hints arrive. */
  minGapMs: number;
  /** A request that takes longer has failed. */
  timeoutMs: number;
}

/** A running loader. */
export interface LiveLoader {
  /** Data may have changed: ask again soon. */
  hint(): void;
  /** Aborts the request under way; no event follows. */
  stop(): void;
}

/**
 * Keeps one answer fresh: asks at once, again at every hint and every `pollMs`, one request at a time, and never while
 * the tab is hidden.
 *
 * A hint during a request does not abort it: under a steady stream of hints no request would ever end. It leads to one
 * more request afterwards.
 */
export function startLiveLoader<T>(options: LiveLoaderOptions<T>): LiveLoader {
  const { fetcher, onEvent, pollMs, minGapMs, timeoutMs } = options;
  let controller: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let startedAt = Number.NEGATIVE_INFINITY;
  let dirty = false;
  let stopped = false;

  const schedule = (delayMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(run, delayMs);
  };
  const gapLeft = () => Math.max(0, startedAt + minGapMs - Date.now());

  async function run() {
    clearTimeout(timer);
    if (stopped) return;
    if (controller || document.visibilityState === 'hidden') {
      dirty = true;
      return;
    }
    dirty = false;
    startedAt = Date.now();
    const own = new AbortController();
    controller = own;
    let timedOut = false;
    const timeout = setTimeout(() => {
      timedOut = true;
      own.abort();
    }, timeoutMs);
    onEvent({ type: 'Started' });
    try {
      const value = await fetcher(own.signal);
      if (!stopped) onEvent({ type: 'Succeeded', value, at: new Date() });
    } catch (cause) {
      const error = timedOut ? timeoutError(timeoutMs) : toError(cause);
      if (!stopped) onEvent({ type: 'Failed', error });
    } finally {
      clearTimeout(timeout);
      controller = undefined;
    }
    if (!stopped) schedule(dirty ? gapLeft() : pollMs);
  }

  const hint = () => {
    if (stopped) return;
    if (controller) dirty = true;
    else schedule(gapLeft());
  };
  const onVisibility = () => {
    if (document.visibilityState !== 'hidden' && dirty) hint();
  };
  document.addEventListener('visibilitychange', onVisibility);
  run();

  return {
    hint,
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      controller?.abort();
    },
  };
}

function timeoutError(timeoutMs: number): Error {
  const error = new Error(`No answer within ${timeoutMs / 1000} s`);
  error.name = 'TimeoutError';
  return error;
}

function toError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
