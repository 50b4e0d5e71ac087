import type { Fault } from '@promptside/backstage-plugin-genai-common';
import type { KubeTransport } from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from './Clock';
import { asObject, faultOfError } from './faults';
import { linkAbort } from './linkAbort';
import { parseWithoutManagedFields } from './parseWithoutManagedFields';
import { requestText, type TextOutcome } from './requestText';

/** How a list ended: with the version to watch from, or with the fault that cut it. */
export type ListOutcome =
  { ok: true; resourceVersion: string } | { ok: false; fault: Fault };

interface ListPage {
  items: unknown[];
  resourceVersion: string;
  next?: string;
}

function parsePage(text: string): ListPage | undefined {
  const list = asObject(parseWithoutManagedFields(text));
  const metadata = asObject(list?.metadata);
  if (typeof metadata?.resourceVersion !== 'string') return undefined;
  // a list without objects may say `"items": null`
  const items = Array.isArray(list?.items) ? list.items : [];
  const next = metadata.continue;
  return {
    items,
    resourceVersion: metadata.resourceVersion,
    ...(typeof next === 'string' && next !== '' ? { next } : {}),
  };
}

/**
 * Where the next page begins, told from the head of this one: API servers write the list's metadata before its objects. Absent
 * where that is not so, as with lists of custom resources; then it is known after parsing.
 */
function glimpseNext(head: string): string | undefined {
  const items = head.indexOf('"items":');
  const found = /"continue":("(?:[^"\\]|\\.)*")/.exec(
    head.slice(0, Math.max(0, items)),
  );
  if (!found) return undefined;
  try {
    return JSON.parse(found[1]);
  } catch {
    return undefined;
  }
}

/** Adds query parameters to a path that may have some already. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) params.set(key, value);
  }
  return params.size > 0 ? `${path}?${params}` : path;
}

/** A page on its way. */
interface PendingPage {
  outcome: Promise<TextOutcome>;
  /** Where the next page begins, as soon as that is known; absent when this is the last or its head does not tell. */
  glimpsed: Promise<string | undefined>;
}

/**
 * Reads a whole list in pages. Each page is parsed and handed over by itself, so that 20,000 pods never stand in memory
 * as raw objects and the event loop is never held for longer than one page takes. The next page is asked for as soon as
 * the head of this one is here, so that the server makes it while this one is read; never more than two are on their way.
 * Pages are asked for compressed: the proxy on the way costs by the byte.
 */
export async function listPages(options: {
  transport: KubeTransport;
  cluster: string;
  path: string;
  query?: Readonly<Record<string, string>>;
  accept?: string;
  pageSize: number;
  pageTimeoutMs: number;
  clock: Clock;
  signal: AbortSignal;
  onPage(items: unknown[]): void;
}): Promise<ListOutcome> {
  const { path, query, pageSize, pageTimeoutMs, clock, onPage } = options;
  const reading = linkAbort(options.signal);
  const ask = (next?: string): PendingPage => {
    let tellHead = (_text: string) => {};
    const head = new Promise<string>(resolve => {
      tellHead = resolve;
    });
    const outcome = requestText({
      ...options,
      signal: reading.signal,
      path: withQuery(path, {
        ...query,
        limit: String(pageSize),
        continue: next,
      }),
      compressed: true,
      timeoutMs: pageTimeoutMs,
      onHead: tellHead,
    });
    // a short page is all head
    outcome.then(ended => tellHead(ended.ok ? ended.text : ''));
    return { outcome, glimpsed: head.then(glimpseNext) };
  };

  try {
    let pending = ask();
    for (;;) {
      const glimpsed = await pending.glimpsed;
      const early = glimpsed === undefined ? undefined : ask(glimpsed);
      const outcome = await pending.outcome;
      if (!outcome.ok) return outcome;
      const page = readPage(outcome.text, path, isoNow(clock));
      if ('ok' in page) return page;
      // parsing and reducing a page are the two long steps: others may go in between
      await new Promise(setImmediate);
      onPage(page.items);
      if (page.next === undefined) {
        return { ok: true, resourceVersion: page.resourceVersion };
      }
      pending = early && page.next === glimpsed ? early : ask(page.next);
    }
  } finally {
    // what was asked for too early, when a page before it failed
    reading.abort();
    reading.unlink();
  }
}

function readPage(
  text: string,
  path: string,
  at: string,
): ListPage | Extract<ListOutcome, { ok: false }> {
  try {
    const page = parsePage(text);
    if (page) return page;
  } catch (error) {
    return { ok: false, fault: faultOfError(error, at) };
  }
  const message = `The answer to ${path} is no Kubernetes list`;
  return { ok: false, fault: { reason: 'InvalidResponse', message, at } };
}
