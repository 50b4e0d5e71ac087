import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { KubeTransport } from '@promptside/backstage-plugin-genai-node';
import { FakeClock } from '../__testUtils__/FakeClock';
import { listPages } from './listPages';

/** A list of so many objects whose head says where the next page begins. */
function listText(from: number, count: number, next?: string) {
  const items = Array.from({ length: count }, (_, index) => ({
    metadata: {
      name: `pod-${from + index}`,
      uid: `${Math.sqrt(from + index)}`,
    },
  }));
  const metadata = { resourceVersion: '7', ...(next && { continue: next }) };
  return JSON.stringify({ kind: 'PodList', metadata, items });
}

interface Sent {
  page: string;
  signal?: AbortSignal | null;
  /** Sends what is left of the body. */
  finish(): void;
  fail(): void;
}

/** Answers each page with its first 16 KB and keeps the rest back. */
function startPages(pages: Record<string, Buffer>) {
  const sent: Sent[] = [];
  const transport = {
    async request(_cluster: string, path: string, init: RequestInit) {
      const page = new URL(path, 'http://x').searchParams.get('continue') ?? '';
      const body = pages[page];
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(body.subarray(0, 16_384));
          sent.push({
            page,
            signal: init.signal,
            finish() {
              controller.enqueue(body.subarray(16_384));
              controller.close();
            },
            fail: () => controller.error(new TypeError('terminated')),
          });
        },
      });
      return new Response(stream);
    },
  } as unknown as KubeTransport;
  return { sent, transport };
}

/** Lets everything go on that can. */
async function settled() {
  for (let turns = 0; turns < 50; turns += 1) await turn();
}

function read(transport: KubeTransport) {
  const counts: number[] = [];
  const outcome = listPages({
    transport,
    cluster: 'one',
    path: '/api/v1/pods',
    pageSize: 1_000,
    pageTimeoutMs: 60_000,
    clock: new FakeClock(),
    signal: new AbortController().signal,
    onPage: items => counts.push(items.length),
  });
  return { counts, outcome };
}

describe.each([
  ['compressed', (text: string) => gzipSync(text)],
  ['plain', (text: string) => Buffer.from(text)],
])('a list in %s pages', (_how, body) => {
  const pages = {
    '': body(listText(0, 3_000, 'second')),
    second: body(listText(3_000, 3_000, 'third')),
    third: body(listText(6_000, 3_000)),
  };

  it('asks for the next page while one is on its way, and for no more', async () => {
    const { sent, transport } = startPages(pages);
    const { counts, outcome } = read(transport);
    await settled();
    expect(sent.map(({ page }) => page)).toEqual(['', 'second']);
    expect(counts).toEqual([]);

    sent[0].finish();
    await until(() => counts.length === 1);
    await settled();
    expect(sent.map(({ page }) => page)).toEqual(['', 'second', 'third']);

    sent[1].finish();
    sent[2].finish();
    await expect(outcome).resolves.toEqual({ ok: true, resourceVersion: '7' });
    expect(counts).toEqual([3_000, 3_000, 3_000]);
    expect(sent).toHaveLength(3);
  });

  it('gives the next page up when the one before it fails', async () => {
    const { sent, transport } = startPages(pages);
    const { counts, outcome } = read(transport);
    await settled();
    sent[0].fail();
    await expect(outcome).resolves.toMatchObject({ ok: false });
    expect(sent[1].signal?.aborted).toBe(true);
    expect(counts).toEqual([]);
  });
});

/** Waits for what a thread finishes, e.g. inflating. */
async function until(there: () => boolean) {
  for (let turns = 0; turns < 100_000 && !there(); turns += 1) await turn();
}

it('goes on after a page whose head does not tell where', async () => {
  const late = (text: string) => {
    const { metadata, ...rest } = JSON.parse(text);
    return Buffer.from(JSON.stringify({ ...rest, metadata }));
  };
  const { sent, transport } = startPages({
    '': late(listText(0, 2_000, 'second')),
    second: late(listText(2_000, 500)),
  });
  const { counts, outcome } = read(transport);
  await settled();
  expect(sent).toHaveLength(1);
  sent[0].finish();
  await until(() => sent.length === 2);
  sent[1].finish();
  await expect(outcome).resolves.toEqual({ ok: true, resourceVersion: '7' });
  expect(counts).toEqual([2_000, 500]);
});
