import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import type {
  GenaiApi,
  ModelServer,
  RagLineage,
} from '@promptside/backstage-plugin-genai-common';
import { followStart } from './followStart';

const server = (overrides: Partial<ModelServer>): ModelServer => ({
  cluster: 'demo',
  namespace: 'team-a',
  name: 'chat',
  kind: 'Deployment',
  uid: 'u1',
  runtime: 'vllm',
  state: 'Starting',
  evidence: [],
  replicas: { desired: 1, ready: 0 },
  gpus: [],
  ...overrides,
});

function follow(looks: (ModelServer | Error)[], timeoutSeconds = 100) {
  const logger = mockServices.logger.mock();
  let time = 0;
  let index = 0;
  const getModelServer = async () => {
    const look = looks[Math.min(index, looks.length - 1)];
    index += 1;
    if (look instanceof Error) throw look;
    return { item: look, allocations: [], events: [], clusters: [] };
  };
  const result = followStart({
    kind: 'ModelServer',
    genai: { getModelServer } as unknown as GenaiApi,
    token: async () => 'token',
    ref: { cluster: 'demo', namespace: 'team-a', name: 'chat' },
    logger,
    timeoutSeconds,
    now: () => time,
    sleep: async ms => {
      time += ms;
    },
  });
  const lines = () =>
    [...logger.info.mock.calls, ...logger.warn.mock.calls].map(
      ([line]) => line,
    );
  return { result, lines };
}

describe('followStart', () => {
  it('tells each stage once and ends when every replica serves', async () => {
    const { result, lines } = follow([
      new NotFoundError('not seen yet'),
      server({ stage: 'Accepted' }),
      server({ stage: 'PullingImage' }),
      server({ stage: 'PullingImage' }),
      server({ stage: 'LoadingModel' }),
      server({ state: 'Ready', replicas: { desired: 1, ready: 1 } }),
    ]);
    expect(await result).toMatchObject({ outcome: 'Ready', seconds: 10 });
    expect(lines()).toEqual([
      '[2 s] Accepted by the cluster, waiting for a node (0 of 1 replicas ready)',
      '[4 s] Pulling the image (0 of 1 replicas ready)',
      '[8 s] Loading the model (0 of 1 replicas ready)',
      '[10 s] Serving: 1 of 1 replicas ready',
    ]);
  });

  it('believes a failure only when it lasts, and tells the reason', async () => {
    const failed = server({ state: 'Failed', message: 'CUDA out of memory' });
    const recovered = follow([
      failed,
      failed,
      server({ state: 'Ready', replicas: { desired: 1, ready: 1 } }),
    ]);
    expect((await recovered.result).outcome).toBe('Ready');

    const { result, lines } = follow([failed]);
    expect(await result).toMatchObject({ outcome: 'Failed' });
    expect(lines()[0]).toContain('CUDA out of memory');
  });

  it('gives up at the time limit and keeps what it saw last', async () => {
    const { result } = follow([server({ stage: 'DownloadingWeights' })], 6);
    expect(await result).toMatchObject({
      outcome: 'TimedOut',
      seconds: 6,
      last: { stage: 'DownloadingWeights' },
    });
  });

  it('goes on when the backend does not answer for a while', async () => {
    const { result, lines } = follow([
      new Error('connect ECONNREFUSED'),
      server({ state: 'Ready', replicas: { desired: 1, ready: 1 } }),
    ]);
    expect((await result).outcome).toBe('Ready');
    expect(lines().join()).toContain('ECONNREFUSED');
  });

  it('tells what a RAG service waits for, where its pods do not', async () => {
    const logger = mockServices.logger.mock();
    const replicas = { desired: 2, ready: 0 };
    const looks: Pick<RagLineage, 'service' | 'edges'>[] = [
      {
        service: { state: 'Starting', stage: 'Accepted', replicas },
        edges: [],
      },
      {
        service: { state: 'Starting', stage: 'LoadingModel', replicas },
        edges: [
          { from: 'service', to: 'a', state: 'Unknown', message: 'outside' },
          {
            from: 'a',
            to: 'b',
            state: 'Broken',
            message: 'no collection docs',
          },
        ],
      },
      {
        service: { state: 'Ready', replicas: { desired: 2, ready: 2 } },
        edges: [{ from: 'a', to: 'b', state: 'Broken', message: 'gone' }],
      },
    ];
    const result = await followStart({
      kind: 'RagService',
      genai: {
        getRagLineage: async () => ({ item: looks.shift(), clusters: [] }),
      } as unknown as GenaiApi,
      token: async () => 'token',
      ref: { cluster: 'demo', namespace: 'team-a', name: 'docs' },
      logger,
      timeoutSeconds: 100,
      now: () => 0,
      sleep: async () => {},
    });
    expect(result.outcome).toBe('Ready');
    expect(logger.info.mock.calls.map(([line]) => line)).toEqual([
      '[0 s] Accepted by the cluster, waiting for a node (0 of 2 replicas ready)',
      '[0 s] Running, not ready to answer (0 of 2 replicas ready): no collection docs',
      '[0 s] Serving: 2 of 2 replicas ready',
    ]);
  });
});
