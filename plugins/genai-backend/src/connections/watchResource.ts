import type {
  Fault,
  ResourceSync,
  ResourceSyncState,
} from '@promptside/backstage-plugin-genai-common';
import type { KubeTransport } from '@promptside/backstage-plugin-genai-node';
import { createBackoff, type Random } from './backoff';
import { isoNow, type Clock } from './Clock';
import type { ConcurrencyLimit } from './limitConcurrency';
import { linkAbort, type LinkedAbort } from './linkAbort';
import { listPages, withQuery } from './listPages';
import { requestText } from './requestText';
import { watchEvents, type WatchEvent } from './watchEvents';

/** A watch that the server ends sooner than this is not worth to be opened again at once. */
const SHORT_WATCH_MS = 5_000;

/** Seconds asked of the server for one watch, less a part by chance. Node's fetch gives up on silence after 300 s. */
const WATCH_SECONDS = 240;

/** Where a resource's objects go. Objects are raw: the receiver keeps what it needs and lets the rest go. */
export interface ResourceSink {
  /** A list begins. */
  listStarted(): void;
  listPage(items: unknown[]): void;
  /** The list is whole: what it did not hold is gone. */
  listFinished(): void;
  events(events: WatchEvent[]): void;
  /** The API is not there (any more): nothing of it is. */
  cleared(): void;
  /** State or fault changed, see `status()`. */
  statusChanged(): void;
}

/** Settings that all watches share. Times in milliseconds. */
export interface WatchSettings {
  pageSize: number;
  /** For one page of a list, or one small request. */
  requestTimeoutMs: number;
  /** Silence of a watch after which the connection is doubted. */
  idleMs: number;
  minBackoffMs: number;
  maxBackoffMs: number;
  /** Longest wait before an API that is missing or forbidden is tried again. */
  maxRefusedBackoffMs: number;
}

/** A running list-and-watch loop. */
export interface ResourceWatch {
  status(): ResourceSync;
  /** Try again now instead of after the wait, e.g. because a CRD appeared. */
  nudge(): void;
  /** Ask whether the API is still there, instead of waiting for the running watch to say so. */
  doubt(): void;
  /** Resolves when the loop has ended, after the signal aborted. */
  readonly done: Promise<void>;
}

function refused(fault: Fault): boolean {
  return (
    fault.reason === 'Unauthorized' ||
    fault.reason === 'Forbidden' ||
    fault.reason === 'NotInstalled'
  );
}

/**
 * Keeps one resource of one cluster live: list, watch from there, list again when the server no longer keeps the version,
 * resume from the last version after everything else. Faults become part of the status; nothing is thrown.
 */
export function watchResource(given: {
  transport: KubeTransport;
  cluster: string;
  path: string;
  /** The same under other versions of the API, tried in turn where the path is not served. */
  otherPaths?: readonly string[];
  query?: Readonly<Record<string, string>>;
  accept?: string;
  /** `plural` or `plural.group`. */
  resource: string;
  sink: ResourceSink;
  settings: WatchSettings;
  limitLists: ConcurrencyLimit;
  clock: Clock;
  random: Random;
  signal: AbortSignal;
}): ResourceWatch {
  const { sink, settings, clock, random, signal, limitLists } = given;
  const paths = [given.path, ...(given.otherPaths ?? [])];
  /** With the path that is being used. */
  let options = given;
  const status: ResourceSync = { resource: options.resource, state: 'Syncing' };
  const backoff = createBackoff({
    minMs: settings.minBackoffMs,
    maxMs: settings.maxBackoffMs,
    random,
  });
  const refusedBackoff = createBackoff({
    minMs: settings.minBackoffMs,
    maxMs: settings.maxRefusedBackoffMs,
    random,
  });
  let pause: LinkedAbort | undefined;
  let running: LinkedAbort | undefined;
  let listed = false;
  /** Version to resume from; absent: a list is needed. */
  let version: string | undefined;
  /** Ask before resuming: a watch that works may stay silent for a minute, so it cannot tell that all is well again. */
  let doubted = false;
  /** The list is allowed, the watch is not: lists are repeated, and the state stays `Stale`. */
  let watchRefused = false;
  let expiredInRow = 0;

  const setStatus = (state: ResourceSyncState, fault?: Fault) => {
    const changed =
      status.state !== state || status.fault?.reason !== fault?.reason;
    status.state = state;
    if (fault) status.fault = fault;
    else delete status.fault;
    if (changed) sink.statusChanged();
  };

  const heard = () => {
    status.heardAt = isoNow(clock);
    if (!watchRefused) setStatus('Live');
  };

  const sleep = async (ms: number) => {
    pause = linkAbort(signal);
    await clock.sleep(ms, pause.signal);
    pause.unlink();
    pause = undefined;
  };

  /** Goes on to the next version of the API; false when all have been tried. */
  const nextVersion = () => {
    const next = (paths.indexOf(options.path) + 1) % paths.length;
    options = { ...options, path: paths[next] };
    version = undefined;
    return next !== 0;
  };

  const failed = async (fault: Fault) => {
    if (fault.reason === 'NotInstalled' && nextVersion()) return;
    if (fault.reason === 'NotInstalled') {
      if (listed) sink.cleared();
      listed = false;
      version = undefined;
      delete status.objectCount;
      setStatus('NotInstalled', fault);
    } else if (listed) setStatus('Stale', fault);
    else
      setStatus(fault.reason === 'Forbidden' ? 'Forbidden' : 'Failed', fault);
    await sleep((refused(fault) ? refusedBackoff : backoff).nextMs());
  };

  const list = async () => {
    let count = 0;
    const outcome = await limitLists(async () => {
      if (signal.aborted) return undefined;
      sink.listStarted();
      return listPages({
        ...options,
        pageSize: settings.pageSize,
        pageTimeoutMs: settings.requestTimeoutMs,
        onPage: items => {
          count += items.length;
          sink.listPage(items);
        },
      });
    });
    if (signal.aborted || !outcome) return;
    if (!outcome.ok) {
      await failed(outcome.fault);
      return;
    }
    sink.listFinished();
    listed = true;
    version = outcome.resourceVersion;
    doubted = false;
    status.objectCount = count;
    status.syncedAt = isoNow(clock);
    heard();
  };

  const probe = async () => {
    const outcome = await requestText({
      ...options,
      path: withQuery(options.path, { ...options.query, limit: '1' }),
      timeoutMs: settings.requestTimeoutMs,
    });
    if (signal.aborted) return;
    if (!outcome.ok) {
      await failed(outcome.fault);
      return;
    }
    doubted = false;
    heard();
  };

  const watch = async (from: string) => {
    const startedAt = clock.now();
    running = linkAbort(signal);
    const end = await watchEvents({
      ...options,
      signal: running.signal,
      resourceVersion: from,
      timeoutSeconds: Math.round(WATCH_SECONDS * (0.75 + random() / 4)),
      idleMs: settings.idleMs,
      onBatch: batch => {
        watchRefused = false;
        refusedBackoff.reset();
        version = batch.resourceVersion ?? version;
        for (const { type } of batch.events) {
          if (type === 'ADDED')
            status.objectCount = (status.objectCount ?? 0) + 1;
          if (type === 'DELETED') {
            status.objectCount = Math.max(0, (status.objectCount ?? 0) - 1);
          }
        }
        if (batch.events.length > 0) sink.events(batch.events);
        if (batch.resourceVersion !== undefined) {
          expiredInRow = 0;
          backoff.reset();
        }
        heard();
      },
    });
    const cut = running.signal.aborted;
    running.unlink();
    running = undefined;
    if (signal.aborted) return;
    if (cut) {
      doubted = true;
      return;
    }
    switch (end.type) {
      case 'Ended':
        if (clock.now() - startedAt < SHORT_WATCH_MS) {
          await sleep(backoff.nextMs());
        } else backoff.reset();
        return;
      case 'Expired':
        version = undefined;
        expiredInRow += 1;
        if (expiredInRow > 1) await sleep(backoff.nextMs());
        return;
      case 'Idle':
        doubted = true;
        return;
      default:
        doubted = true;
        // a refused watch is made up for by lists; after an unreadable line only a list tells what it held
        watchRefused = refused(end.fault);
        if (watchRefused || end.fault.reason === 'InvalidResponse') {
          version = undefined;
        }
        await failed(end.fault);
    }
  };

  const run = async () => {
    while (!signal.aborted) {
      if (version === undefined) await list();
      else if (doubted) await probe();
      else await watch(version);
    }
  };

  return {
    status: () => status,
    nudge: () => {
      refusedBackoff.reset();
      pause?.abort();
    },
    doubt: () => running?.abort(),
    done: run(),
  };
}
