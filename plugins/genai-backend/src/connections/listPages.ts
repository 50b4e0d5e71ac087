import type { Fault } from '@promptside/backstage-plugin-genai-common';
import type { KubeTransport } from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from './Clock';
import { asObject, faultOfError } from './faults';
import { parseWithoutManagedFields } from './parseWithoutManagedFields';
import { requestText } from './requestText';

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

/** Far more than what stands before the objects of a list. */
const HEAD_LENGTH = 8_192;

/**
 * Where the next page begins, told from the head of this one without parsing it: API servers write the list's metadata before
 * its objects. Absent where that is not so, as with lists of custom resources; then it is known after parsing.
 */
function glimpseNext(text: string): string | undefined {
  const head = text.slice(0, HEAD_LENGTH);
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

/**
 * Reads a whole list in pages. Each page is parsed and handed over by itself, so that 20,000 pods never stand in memory
 * as raw objects and the event loop is never held for longer than one page takes; the server makes the next page while one
 * is parsed and handed over. Pages are asked for compressed: the proxy on the way costs by the byte.
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
  const ask = (next?: string) =>
    requestText({
      ...options,
      path: withQuery(path, {
        ...query,
        limit: String(pageSize),
        continue: next,
      }),
      compressed: true,
      timeoutMs: pageTimeoutMs,
    });

  let pending = ask();
  for (;;) {
    const outcome = await pending;
    if (!outcome.ok) return outcome;
    const glimpsed = glimpseNext(outcome.text);
    const early = glimpsed ? ask(glimpsed) : undefined;
    let page: ListPage | undefined;
    try {
      page = parsePage(outcome.text);
    } catch (error) {
      return { ok: false, fault: faultOfError(error, isoNow(clock)) };
    }
    if (!page) {
      const message = `The answer to ${path} is no Kubernetes list`;
      const fault: Fault = {
        reason: 'InvalidResponse',
        message,
        at: isoNow(clock),
      };
      return { ok: false, fault };
    }
    if (page.next !== undefined) {
      pending = early && page.next === glimpsed ? early : ask(page.next);
    }
    // parsing and reducing a page are the two long steps: others may go in between
    await new Promise(setImmediate);
    onPage(page.items);
    if (page.next === undefined) {
      return { ok: true, resourceVersion: page.resourceVersion };
    }
  }
}
