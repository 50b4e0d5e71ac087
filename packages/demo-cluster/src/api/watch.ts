import { jsonOf } from '../store/json';
import { apiVersionOf, KubeObject } from '../store/ObjectStore';
import { Predicate } from '../store/selectors';
import { Change } from '../store/Table';
import { ResourceContext } from './context';
import { checkListOptions, requestedVersion } from './listOptions';
import { numberParameter, predicateOf } from './read';
import { metadataOnly, tableOf } from './render';
import { negotiate } from './respond';

/** A client that reads slower than this piles up is cut off; it resumes with its last version. */
const MAX_UNREAD_BYTES = 256 << 20;
const BOOKMARK_EVERY_MS = 30_000;
/** As the real server: half an hour, unless the client wants less. */
const DEFAULT_TIMEOUT_S = 1_800;

type EventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** How a change looks to somebody who sees only what the selectors let through. */
function seenAs(
  { event }: Change,
  inScope: (object: KubeObject) => boolean,
): EventType | undefined {
  const before =
    event.type !== 'ADDED' && inScope(event.previous ?? event.object);
  const after = event.type !== 'DELETED' && inScope(event.object);
  if (event.type === 'DELETED') {
    return before ? 'DELETED' : undefined;
  }
  if (after) {
    return before ? 'MODIFIED' : 'ADDED';
  }
  return before ? 'DELETED' : undefined;
}

/** Writes events in the form the caller wants. */
function eventWriter(context: ResourceContext) {
  const { resource, response, request, store, query } = context;
  const wanted = negotiate(request);
  const apiVersion = apiVersionOf(resource);
  let firstRow = true;
  const textOf = (object: KubeObject): string => {
    if (wanted.as === 'Table') {
      const table = tableOf(resource, [object], {
        now: store.now(),
        metadata: { resourceVersion: object.metadata.resourceVersion },
        includeObject: query.get('includeObject') ?? 'Metadata',
        withoutColumns: !firstRow,
      });
      firstRow = false;
      return JSON.stringify(table);
    }
    if (wanted.as) {
      return JSON.stringify(metadataOnly(object));
    }
    return jsonOf(object, resource.custom ? apiVersion : undefined);
  };
  const write = (type: string, objectText: string) => {
    response.write(`{"type":"${type}","object":${objectText}}\n`);
    if (response.writableLength > MAX_UNREAD_BYTES) {
      response.destroy();
    }
  };
  return {
    event: (type: EventType, object: KubeObject) => write(type, textOf(object)),
    bookmark: (version: number, initialEventsEnd = false) =>
      write(
        'BOOKMARK',
        JSON.stringify({
          kind: resource.kind,
          apiVersion,
          metadata: {
            resourceVersion: String(version),
            creationTimestamp: null,
            ...(initialEventsEnd && {
              annotations: { 'k8s.io/initial-events-end': 'true' },
            }),
          },
        }),
      ),
    expired: (version: number, current: number) =>
      write(
        'ERROR',
        JSON.stringify({
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: `too old resource version: ${version} (${current})`,
          reason: 'Expired',
          code: 410,
        }),
      ),
  };
}

function scopeOf(
  context: ResourceContext,
  matches: Predicate | undefined,
): (object: KubeObject) => boolean {
  const { namespace, name } = context.requested;
  return object =>
    (!namespace || object.metadata.namespace === namespace) &&
    (!name || object.metadata.name === name) &&
    (!matches || matches(object));
}

/**
 * Answers a watch: from a version, or from the present with what is there, with bookmarks where asked for. Ends after
 * `timeoutSeconds`, or when the caller leaves.
 */
export async function watch(context: ResourceContext): Promise<void> {
  const { query, response, store, resource, requested } = context;
  const inScope = scopeOf(context, predicateOf(context));
  checkListOptions(query, 'watch');
  const asked = requestedVersion(query) ?? 0;
  const sendInitial = query.get('sendInitialEvents');
  const bookmarks = ['true', '1'].includes(
    query.get('allowWatchBookmarks') ?? '',
  );
  const timeout =
    (numberParameter(query, 'timeoutSeconds') || DEFAULT_TIMEOUT_S) * 1000;
  const writer = eventWriter(context);
  const table = store.table(resource);

  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Cache-Control', 'no-cache, private');
  response.flushHeaders();

  const initial = sendInitial === 'true' || (sendInitial === null && !asked);
  let lastSent = store.version();
  if (initial) {
    for (const object of table.list(requested.namespace)) {
      if (inScope(object)) {
        writer.event('ADDED', object);
      }
    }
    if (sendInitial === 'true' && bookmarks) {
      writer.bookmark(lastSent, true);
    }
  } else if (asked && !table.remembers(asked)) {
    writer.expired(asked, store.version());
    response.end();
    return;
  }
  const tell = (change: Change) => {
    if (change.version <= lastSent) {
      return;
    }
    lastSent = change.version;
    const type = seenAs(change, inScope);
    if (type) {
      writer.event(type, change.event.object);
    }
  };
  if (!initial && asked) {
    lastSent = asked;
    table.changesAfter(asked).forEach(tell);
  }
  const unfollow = table.follow(tell);
  const bookmark = () => writer.bookmark(store.version());
  const timer = bookmarks
    ? setInterval(bookmark, BOOKMARK_EVERY_MS)
    : undefined;
  // Not left to the response's end: a caller who stops reading keeps it open, and what is written after the end is a fault.
  const stop = () => {
    unfollow();
    offEnd();
    clearInterval(timer);
    clearTimeout(end);
  };
  const offEnd = table.onEnd(() => {
    stop();
    response.end();
  });
  const end = setTimeout(() => {
    if (bookmarks) {
      bookmark();
    }
    stop();
    response.end();
  }, timeout);
  response.on('close', stop);
}
