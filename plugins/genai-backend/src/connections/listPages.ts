import type { Fault } from '@promptside/backstage-plugin-genai-common';
import type { KubeTransport } from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from './Clock';
import { dropManagedFields } from './dropManagedFields';
import { asObject, faultOfError } from './faults';
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
  const list = asObject(JSON.parse(dropManagedFields(text)));
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
 * as raw objects and the event loop is never held for longer than one page takes; the next page is already asked for
 * while one is handed over.
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
      timeoutMs: pageTimeoutMs,
    });

  let pending = ask();
  for (;;) {
    const outcome = await pending;
    if (!outcome.ok) return outcome;
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
    if (page.next !== undefined) pending = ask(page.next);
    // parsing and reducing a page are the two long steps: others may go in between
    await new Promise(setImmediate);
    onPage(page.items);
    if (page.next === undefined) {
      return { ok: true, resourceVersion: page.resourceVersion };
    }
  }
}
