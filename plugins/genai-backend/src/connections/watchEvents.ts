import type { Fault } from '@promptside/backstage-plugin-genai-common';
import type { KubeTransport } from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from './Clock';
import { asObject, faultOfAnswer, faultOfError, faultOfStatus } from './faults';
import { linkAbort } from './linkAbort';
import { withQuery } from './listPages';
import { readLines } from './readLines';

/** A change of one object, still raw. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: unknown;
}

/** Events that arrived together; no events: a bookmark, or the connection was opened. */
export interface WatchBatch {
  events: WatchEvent[];
  /** Version to resume from; absent when nothing in the batch tells one. */
  resourceVersion?: string;
}

/**
 * Why a watch is over. `Ended`: the server closed it in order, as it does after `timeoutSeconds`. `Expired`: the version
 * is older than what the server keeps, a new list is needed. `Idle`: nothing was heard for too long; whether something is
 * wrong only another request can tell.
 */
export type WatchEnd =
  | { type: 'Ended' }
  | { type: 'Expired' }
  | { type: 'Idle' }
  | { type: 'Fault'; fault: Fault };

const OBJECT_EVENTS = new Set(['ADDED', 'MODIFIED', 'DELETED']);

function parseBatch(
  lines: string[],
  at: string,
): { batch: WatchBatch; end?: WatchEnd } {
  const batch: WatchBatch = { events: [] };
  for (const line of lines) {
    let event;
    try {
      event = asObject(JSON.parse(line));
    } catch (error) {
      return { batch, end: { type: 'Fault', fault: faultOfError(error, at) } };
    }
    const object = asObject(event?.object);
    const type = event?.type;
    if (type === 'ERROR') {
      const fault = faultOfStatus(object, at);
      const end: WatchEnd =
        fault.statusCode === 410
          ? { type: 'Expired' }
          : { type: 'Fault', fault };
      return { batch, end };
    }
    if (typeof type !== 'string' || !object) {
      const message = 'A line of the watch is no watch event';
      return {
        batch,
        end: {
          type: 'Fault',
          fault: { reason: 'InvalidResponse', message, at },
        },
      };
    }
    const version = asObject(object.metadata)?.resourceVersion;
    if (typeof version === 'string' && version !== '') {
      batch.resourceVersion = version;
    }
    if (OBJECT_EVENTS.has(type)) {
      batch.events.push({ type: type as WatchEvent['type'], object });
    }
  }
  return { batch };
}

/**
 * Follows one resource from a version on until the server ends the watch, something breaks or nothing at all is heard
 * for `idleMs`: a half-open connection tells nothing by itself, a living one sends a bookmark about every minute.
 *
 * The limit runs from the request on, because a proxy may hold the response's headers back until its first byte.
 */
export async function watchEvents(options: {
  transport: KubeTransport;
  cluster: string;
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Default `application/json`. */
  accept?: string;
  resourceVersion: string;
  /** Asked of the server, below the 300 s after which Node's fetch gives up on a silent connection. */
  timeoutSeconds: number;
  idleMs: number;
  clock: Clock;
  signal: AbortSignal;
  onBatch(batch: WatchBatch): void;
}): Promise<WatchEnd> {
  const { transport, cluster, idleMs, clock, onBatch } = options;
  const request = linkAbort(options.signal);
  const finished = new AbortController();
  let heardAt = clock.now();
  let idle = false;
  const watchdog = (async () => {
    while (!finished.signal.aborted) {
      const left = heardAt + idleMs - clock.now();
      if (left <= 0) {
        idle = true;
        request.abort();
        return;
      }
      await clock.sleep(left, finished.signal);
    }
  })();
  try {
    const path = withQuery(options.path, {
      ...options.query,
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: options.resourceVersion,
      timeoutSeconds: String(options.timeoutSeconds),
    });
    const response = await transport.request(cluster, path, {
      headers: { Accept: options.accept ?? 'application/json' },
      signal: request.signal,
    });
    if (!response.ok) {
      const text = await response.text();
      const fault = faultOfAnswer(response.status, text, isoNow(clock));
      return response.status === 410
        ? { type: 'Expired' }
        : { type: 'Fault', fault };
    }
    heardAt = clock.now();
    onBatch({ events: [] });
    if (!response.body) return { type: 'Ended' };
    for await (const lines of readLines(response.body)) {
      heardAt = clock.now();
      const { batch, end } = parseBatch(lines, isoNow(clock));
      onBatch(batch);
      if (end) return end;
    }
    return { type: 'Ended' };
  } catch (error) {
    return idle
      ? { type: 'Idle' }
      : { type: 'Fault', fault: faultOfError(error, isoNow(clock)) };
  } finally {
    finished.abort();
    request.unlink();
    await watchdog;
  }
}
