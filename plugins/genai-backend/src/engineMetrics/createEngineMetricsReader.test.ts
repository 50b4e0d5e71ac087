import {
  engineMetricsSchema,
  type EngineMetrics,
} from '@promptside/backstage-plugin-genai-common';
import type { ModelServerTarget } from '@promptside/backstage-plugin-genai-node';
import { FakeClock } from '../__testUtils__/FakeClock';
import {
  FakeTransport,
  networkError,
  statusAnswer,
} from '../__testUtils__/FakeTransport';
import { createEngineMetricsReader } from './createEngineMetricsReader';

const NAMES = {
  runningRequests: ['vllm:num_requests_running'],
  generatedTokens: ['vllm:generation_tokens_total'],
};

function serverOf(podCount: number): ModelServerTarget {
  return {
    uid: 'u',
    namespace: 'team-a',
    basePath: '/v1',
    protocol: 'openai',
    readyPods: Array.from({ length: podCount }, (_, index) => ({
      name: `chat-${index}`,
      uid: `pod-${index}`,
    })),
    metrics: { port: 8000, path: '/metrics', names: NAMES },
  };
}

const pathOf = (index: number) =>
  `/api/v1/namespaces/team-a/pods/chat-${index}:8000/proxy/metrics`;

const measured = (value: number) => ({ value, grade: 'measured' });

function setup() {
  const transport = new FakeTransport();
  const clock = new FakeClock();
  const { signal } = new AbortController();
  let tokens = 1_000;
  transport.answer = () =>
    new Response(
      `vllm:num_requests_running 2\nvllm:generation_tokens_total ${tokens}\n`,
    );
  const read = createEngineMetricsReader({ transport, clock, signal });
  return {
    transport,
    clock,
    generate: (count: number) => {
      tokens += count;
    },
    read: async (target: ModelServerTarget, cluster = 'one') => {
      const answer = await read(cluster, target);
      if (answer) engineMetricsSchema.parse(answer);
      return answer as EngineMetrics;
    },
    start: read,
  };
}

describe('engine metrics', () => {
  it('come from every ready pod through the API server', async () => {
    const { transport, read } = setup();
    expect(await read(serverOf(2))).toEqual({
      checkedAt: '2026-01-01T00:00:00.000Z',
      values: { runningRequestCount: measured(4) },
      pods: [
        { pod: 'chat-0', values: { runningRequestCount: measured(2) } },
        { pod: 'chat-1', values: { runningRequestCount: measured(2) } },
      ],
    });
    expect(transport.requests.map(({ path }) => path)).toEqual([
      pathOf(0),
      pathOf(1),
    ]);
  });

  it('tell rates of the time between two readings', async () => {
    const { clock, generate, read } = setup();
    await read(serverOf(1));
    await clock.advance(10_000);
    generate(500);
    expect(await read(serverOf(1))).toMatchObject({
      windowMs: 10_000,
      values: { generatedTokensPerSecond: measured(50) },
    });
  });

  it('are shared by those who ask within a few seconds', async () => {
    const { transport, clock, read } = setup();
    const [first, second] = await Promise.all([
      read(serverOf(1)),
      read(serverOf(1)),
    ]);
    expect(second).toBe(first);
    await clock.advance(4_999);
    expect(await read(serverOf(1))).toBe(first);
    expect(transport.requests).toHaveLength(1);
    await read(serverOf(1), 'two');
    expect(transport.requests).toHaveLength(2);
    await clock.advance(1);
    await read(serverOf(1));
    expect(transport.requests).toHaveLength(3);
  });

  it('begin anew after a long time without a reader', async () => {
    const { clock, read } = setup();
    await read(serverOf(1));
    await clock.advance(600_001);
    expect(await read(serverOf(1))).not.toHaveProperty('windowMs');
  });

  it('are absent without ready pods and without known metrics', async () => {
    const { transport, read } = setup();
    const { metrics: _, ...unknown } = serverOf(1);
    expect(await read(serverOf(0))).toBeUndefined();
    expect(await read(unknown)).toBeUndefined();
    expect(transport.requests).toEqual([]);
  });

  it('tell of pods that are too many how many were not asked', async () => {
    const { transport, read } = setup();
    const answer = await read(serverOf(20));
    expect(answer.pods).toHaveLength(16);
    expect(answer.skippedPodCount).toBe(4);
    expect(transport.requests).toHaveLength(16);
  });

  it('ask a cluster for at most eight at the same time', async () => {
    const { transport, clock, start } = setup();
    const waiting: Array<() => void> = [];
    transport.answer = () =>
      new Promise(resolve => {
        waiting.push(() =>
          resolve(new Response('vllm:num_requests_running 1')),
        );
      });
    const answer = start('one', serverOf(10));
    await clock.advance(0);
    expect(waiting).toHaveLength(8);
    waiting.shift()!();
    await clock.advance(0);
    expect(waiting).toHaveLength(8);
    while (waiting.length > 0) {
      waiting.splice(0).forEach(done => done());
      await clock.advance(0);
    }
    expect((await answer)?.pods).toHaveLength(10);
  });

  it.each([
    [
      'a right that is missing',
      () =>
        statusAnswer(
          403,
          'Forbidden',
          'pods "chat-1" is forbidden: cannot get resource "pods/proxy"',
        ),
      'Forbidden',
      'pods/proxy',
    ],
    [
      'a pod that does not listen',
      () => statusAnswer(503, 'ServiceUnavailable', 'connection refused'),
      'Unreachable',
      'refused',
    ],
    [
      'an engine without metrics',
      () => new Response('{"detail":"Not Found"}', { status: 404 }),
      'NotInstalled',
      'Not Found',
    ],
    [
      'a page that is no metrics',
      () => new Response('<html></html>'),
      'InvalidResponse',
      'none of the metrics',
    ],
    [
      'three megabytes',
      () => new Response('#'.repeat(3 * 1024 * 1024)),
      'InvalidResponse',
      'is larger than 2097152 bytes',
    ],
  ])('tell %s as the fault of one pod', async (_, answer, reason, text) => {
    const { transport, read } = setup();
    const good = transport.answer;
    transport.answer = request =>
      request.path === pathOf(1) ? answer() : good(request);
    const { values, pods } = await read(serverOf(2));
    expect(values).toEqual({ runningRequestCount: measured(2) });
    expect(pods).toMatchObject([
      { pod: 'chat-0', values: { runningRequestCount: measured(2) } },
      {
        pod: 'chat-1',
        values: {},
        fault: { reason, message: expect.stringContaining(text) },
      },
    ]);
  });

  it('tell a connection that failed as a fault', async () => {
    const { transport, read } = setup();
    transport.answer = () => Promise.reject(networkError('ECONNREFUSED'));
    const { pods } = await read(serverOf(1));
    expect(pods[0].fault?.reason).toBe('Unreachable');
  });

  it('give up on a pod that does not answer, and let go of it', async () => {
    const { transport, clock, start } = setup();
    transport.answer = () => new Promise(() => {});
    const answer = start('one', serverOf(1));
    await clock.advance(2_000);
    expect((await answer)?.pods[0].fault).toMatchObject({ reason: 'Timeout' });
    expect(transport.requests[0].signal?.aborted).toBe(true);
    clock.assertIdle();
  });
});
