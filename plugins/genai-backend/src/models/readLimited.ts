import type { Clock } from '../connections/Clock';
import { linkAbort } from '../connections/linkAbort';

/** A body that is longer than anybody here wants to read. */
export class TooLargeError extends Error {
  constructor(maxBytes: number) {
    super(`is larger than ${maxBytes} bytes`);
    this.name = 'TooLargeError';
  }
}

/**
 * The text of a stream of bytes.
 *
 * @throws TooLargeError as soon as it is longer than `maxBytes`; the rest is not read
 */
export async function readLimited(
  stream: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array>,
  maxBytes: number,
): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream) {
    const buffer = Buffer.from(part as Uint8Array);
    bytes += buffer.length;
    // leaving the loop destroys the stream
    if (bytes > maxBytes) throw new TooLargeError(maxBytes);
    parts.push(buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}

/**
 * Runs a task that gets so much time. The task is told by its signal, but not waited for: some readers do not listen.
 *
 * @throws Error when the time is over or the parent signal aborts
 */
export async function withinTime<T>(
  task: (signal: AbortSignal) => Promise<T>,
  limit: { timeoutMs: number; clock: Clock; signal: AbortSignal },
): Promise<T> {
  const linked = linkAbort(limit.signal);
  const timer = new AbortController();
  try {
    return await new Promise<T>((resolve, reject) => {
      linked.signal.addEventListener('abort', () =>
        reject(linked.signal.reason),
      );
      task(linked.signal).then(resolve, reject);
      limit.clock.sleep(limit.timeoutMs, timer.signal).then(() => {
        if (timer.signal.aborted) return;
        linked.abort(
          new Error(`gave no answer within ${limit.timeoutMs / 1000} seconds`),
        );
      });
    });
  } finally {
    timer.abort();
    linked.unlink();
  }
}
