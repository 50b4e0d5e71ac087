/** An abort controller of its own that also follows another signal. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
  /** Forget the other signal; to be called when the work is over, else the long-lived signal keeps it alive. */
  unlink(): void;
}

/** Aborts when `parent` does or when its own `abort` is called. */
export function linkAbort(parent: AbortSignal): LinkedAbort {
  const controller = new AbortController();
  const follow = () => controller.abort(parent.reason);
  if (parent.aborted) follow();
  else parent.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    abort: reason => controller.abort(reason),
    unlink: () => parent.removeEventListener('abort', follow),
  };
}
