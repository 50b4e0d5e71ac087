import { modelServerDetailSchema } from '@promptside/backstage-plugin-genai-common';
import {
  kubernetesWithServers,
  METRICS_PATH,
} from '../__testUtils__/readyServer';
import {
  startGenaiBackend,
  type GenaiTestBackend,
} from '../__testUtils__/startGenaiBackend';

describe('one model server', () => {
  let backend: GenaiTestBackend;

  const detail = async (name: string) => {
    const path = `/v1/model-servers/one/team-a/${name}`;
    return modelServerDetailSchema.parse((await backend.get(path)).body);
  };

  beforeAll(async () => {
    const kubernetes = kubernetesWithServers();
    kubernetes.handlers.set(METRICS_PATH, (_, response) => {
      response.type('text/plain').send('vllm:num_requests_waiting 3\n');
    });
    backend = await startGenaiBackend({ kubernetes });
    await backend.untilLive();
  });

  afterAll(() => backend.stop());

  it('carries the metrics of its engine', async () => {
    const { item, metrics } = await detail('chat');
    expect(item.state).toBe('Ready');
    expect(metrics).toMatchObject({
      values: { waitingRequestCount: { value: 3, grade: 'measured' } },
      pods: [{ pod: 'chat-0' }],
    });
  });

  it('has none without ready pods', async () => {
    expect(await detail('starting')).not.toHaveProperty('metrics');
  });

  it('shows the fault of a pod as data', async () => {
    const { metrics } = await detail('hidden');
    expect(metrics).toMatchObject({
      values: {},
      pods: [{ pod: 'hidden-0', fault: { statusCode: 404 } }],
    });
  });

  it('is not kept by clients, for its metrics change without the state', async () => {
    const first = await backend.get('/v1/model-servers/one/team-a/chat');
    expect(first.headers).not.toHaveProperty(
      'etag',
      expect.stringMatching(/^W\/"[\w-]{22}"$/),
    );
  });

  it('is listed without metrics, and no pod is asked for a list', async () => {
    const { reads } = backend.kubernetes;
    const before = reads.length;
    const { body } = await backend.get('/v1/model-servers');
    expect(body.items).toHaveLength(4);
    expect(JSON.stringify(body)).not.toContain('metrics');
    expect(reads).toHaveLength(before);
  });
});
