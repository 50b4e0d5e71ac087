import {
  GENAI_SIGNAL_CHANNEL,
  genaiSignalSchema,
  type ChatRequest,
  type ClusterStatus,
  type GenaiClient,
} from '@promptside/backstage-plugin-genai-common';
import { startDemoCluster, type DemoCluster } from '@promptside/demo-cluster';
import { eventually } from '../cluster-tests/eventually';
import { createKubeClient, type SendKube } from '../cluster-tests/KubeClient';
import { describeLiveState } from '../cluster-tests/liveStateSuite';
import { startPortal, type Portal } from '../cluster-tests/startPortal';
import { startRelay, type Relay } from '../cluster-tests/startRelay';

const NAMESPACE = 'trial';
const DEPLOYMENTS = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`;
const ACCOUNTS = '/api/v1/namespaces/promptside-system/serviceaccounts';
const PORTAL_ACCOUNT = 'promptside-portal';

const QUESTION: ChatRequest = {
  messages: [{ role: 'user', content: 'Where do you run?' }],
};

async function partsOf(answer: AsyncIterable<string>): Promise<string[]> {
  const parts: string[] = [];
  for await (const part of answer) parts.push(part);
  return parts;
}

/** A vLLM server as somebody without the portal would write it. */
function modelServer(name: string) {
  const labels = { app: name };
  const gpus = { 'nvidia.com/gpu': '2' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels: { ...labels, 'backstage.io/kubernetes-id': name },
        },
        spec: {
          nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-L4' },
          tolerations: [{ operator: 'Exists' }],
          containers: [
            {
              name: 'vllm',
              image: 'vllm/vllm-openai:v0.11.0',
              args: [
                '--model=Qwen/Qwen2.5-7B-Instruct',
                '--tensor-parallel-size=2',
              ],
              resources: { limits: gpus },
            },
          ],
        },
      },
    },
  };
}

jest.setTimeout(120_000);

describeLiveState('live state of an API server without nodes', async () => {
  const cluster = await startDemoCluster({ seed: false, timeScale: 20 });
  return {
    url: cluster.url,
    caData: cluster.caData,
    token: cluster.tokens.admin,
    portalToken: cluster.tokens.portal,
    stop: () => cluster.stop(),
  };
});

describe('live state of the demo cluster', () => {
  let cluster: DemoCluster;
  let relay: Relay;
  let portal: Portal;
  let genai: GenaiClient;
  let send: SendKube;

  const query = { cluster: 'tested', namespace: NAMESPACE };
  const tested = async (): Promise<ClusterStatus> => {
    const { items } = await genai.getClusters();
    return items.find(({ name }) => name === 'tested')!;
  };
  const groupOf = async (resource: string, product: string) => {
    const { groups } = await genai.getGpuOverview({ cluster: 'tested' });
    return groups.find(
      group =>
        group.resource === resource &&
        group.product === product &&
        group.sharing === 'Whole',
    );
  };

  beforeAll(async () => {
    cluster = await startDemoCluster({ timeScale: 20 });
    relay = await startRelay(cluster.url);
    const access = {
      url: relay.url,
      caData: cluster.caData,
      token: cluster.tokens.admin,
      portalToken: cluster.tokens.portal,
    };
    send = createKubeClient({ ...access, url: cluster.url });
    // Above the 30 s between bookmarks: a shorter one takes quiet watches for broken.
    portal = await startPortal(access, { idleTimeout: '45s' });
    genai = portal.client;
    await eventually(tested, status => status?.state === 'Live');
    await send('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
  }, 300_000);

  afterAll(async () => {
    await portal?.stop();
    await relay?.stop();
    await cluster?.stop();
  }, 60_000);

  it('says that what it shows is simulated', async () => {
    expect((await tested()).simulated).toBe(true);
  });

  it('counts whole GPUs of three vendors', async () => {
    const h100 = await groupOf('nvidia.com/gpu', 'NVIDIA-H100-80GB-HBM3');
    expect(h100).toMatchObject({
      vendor: 'nvidia',
      sharing: 'Whole',
      nodeCount: 2,
      counts: { capacity: 16, allocatable: 15, unhealthy: 1 },
    });
    const mi300x = await groupOf('amd.com/gpu', 'AMD_Instinct_MI300X_OAM');
    expect(mi300x).toMatchObject({
      vendor: 'amd',
      sharing: 'Whole',
      counts: { capacity: 8 },
    });
    const { groups } = await genai.getGpuOverview({ vendor: 'intel' });
    expect(groups.map(({ product }) => product).sort()).toEqual([
      'Flex_170',
      'Max_1550',
    ]);
  });

  it('counts MIG slices by profile, and the GPUs behind them', async () => {
    const { groups } = await genai.getGpuOverview({ cluster: 'tested' });
    const slices = groups.filter(({ sharing }) => sharing === 'Mig');
    expect(
      slices.map(({ resource, profile, counts }) => [
        resource,
        profile,
        counts.capacity,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['nvidia.com/mig-1g.10gb', '1g.10gb', 28],
        ['nvidia.com/mig-3g.40gb', '3g.40gb', 8],
      ]),
    );
  });

  it('follows a Deployment from its first word to ready GPUs and to its end', async () => {
    const free = async () =>
      (await groupOf('nvidia.com/gpu', 'NVIDIA-L4'))!.counts.free;
    const before = await free();

    await send('POST', DEPLOYMENTS, modelServer('chat'));
    const { items } = await eventually(
      () => genai.getModelServers(query),
      answer => answer.items[0]?.state === 'Ready',
    );
    expect(items).toMatchObject([
      {
        name: 'chat',
        kind: 'Deployment',
        runtime: 'vllm',
        model: { id: 'Qwen/Qwen2.5-7B-Instruct' },
        gpus: [{ resource: 'nvidia.com/gpu', perReplicaCount: 2 }],
      },
    ]);
    const held = await genai.getGpuAllocations({ kubernetesId: 'chat' });
    expect(held.items).toHaveLength(2);
    for (const allocation of held.items) {
      expect(allocation).toMatchObject({
        namespace: NAMESPACE,
        phase: 'Running',
        node: expect.stringMatching(/^l4-/),
        product: 'NVIDIA-L4',
        count: 2,
        workload: { kind: 'Deployment', name: 'chat' },
      });
    }
    expect(await free()).toBe(before - 4);

    await send('DELETE', `${DEPLOYMENTS}/chat`);
    await eventually(
      () => genai.getModelServers(query),
      answer => answer.items.length === 0,
    );
    await eventually(
      () => genai.getGpuAllocations({ kubernetesId: 'chat' }),
      answer => answer.items.length === 0,
    );
    expect(await free()).toBe(before);
  });

  it('reads what an engine tells of its work', async () => {
    const ref = { cluster: 'tested', namespace: 'team-search' };
    const llama = { ...ref, name: 'llama-chat' };
    const { item, metrics } = await eventually(
      () => genai.getModelServer(llama),
      // rates need a second reading, some seconds after the first
      answer => answer.metrics?.windowMs !== undefined,
    );
    expect(item.runtime).toBe('vllm');
    const measured = { value: expect.any(Number), grade: 'measured' };
    expect(metrics).toMatchObject({
      checkedAt: expect.any(String),
      values: {
        runningRequestCount: measured,
        waitingRequestCount: measured,
        kvCacheUsageRatio: measured,
        promptTokensPerSecond: measured,
        generatedTokensPerSecond: measured,
      },
    });
    expect(metrics?.values.kvCacheUsageRatio?.value).toBeLessThanOrEqual(1);
    expect(metrics?.pods).toMatchObject([{ pod: expect.any(String) }]);
    expect(metrics?.pods[0]).not.toHaveProperty('fault');

    const embeddings = { ...ref, name: 'search-embeddings' };
    const { metrics: tei } = await genai.getModelServer(embeddings);
    expect(Object.keys(tei?.values ?? {})).toEqual(['waitingRequestCount']);
  });

  it('streams an answer of a model server to a question', async () => {
    const llama = {
      cluster: 'tested',
      namespace: 'team-search',
      name: 'llama-chat',
    };
    const parts = await partsOf(genai.streamChat(llama, QUESTION));
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.join('')).toMatch(/simulated answer.*Where do you run\?/);

    const short = genai.streamChat(llama, { ...QUESTION, maxTokens: 3 });
    expect((await partsOf(short)).join('').split(' ')).toHaveLength(3);

    const embeddings = { ...llama, name: 'search-embeddings' };
    await expect(
      partsOf(genai.streamChat(embeddings, QUESTION)),
    ).rejects.toMatchObject({
      statusCode: 409,
      cause: {
        message: 'Model server "search-embeddings" answers no chat completions',
      },
    });
  });

  it('asks nobody where the portal has no right to', async () => {
    await send('POST', DEPLOYMENTS, modelServer('closed'));
    await send('POST', `/api/v1/namespaces/${NAMESPACE}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'closed' },
      spec: { selector: { app: 'closed' }, ports: [{ port: 8000 }] },
    });
    await eventually(
      () => genai.getModelServers(query),
      ({ items }) => items[0]?.state === 'Ready' && Boolean(items[0].endpoint),
    );
    const closed = { ...query, name: 'closed' };
    await expect(
      partsOf(genai.streamChat(closed, QUESTION)),
    ).rejects.toMatchObject({
      statusCode: 503,
      cause: {
        message: expect.stringContaining(
          'the portal needs the right to create services/proxy in namespace "trial"',
        ),
      },
    });
    await send('DELETE', `${DEPLOYMENTS}/closed`);
    await eventually(
      () => genai.getModelServers(query),
      ({ items }) => items.length === 0,
    );
  });

  it('pushes a hint of what changed, without data', async () => {
    const before = portal.hints.length;
    await send('POST', DEPLOYMENTS, modelServer('hinted'));
    const hints = await eventually(
      async () =>
        portal.hints.slice(before).map(({ channel, message }) => ({
          channel,
          ...genaiSignalSchema.strict().parse(message),
        })),
      all => all.some(({ topics }) => topics.includes('model-servers')),
    );
    for (const hint of hints) {
      expect(hint).toMatchObject({
        channel: GENAI_SIGNAL_CHANNEL,
        cluster: 'tested',
      });
    }
    await send('DELETE', `${DEPLOYMENTS}/hinted`);
  });

  it('shows a revoked token as a fault of the cluster beside the last data', async () => {
    await eventually(
      () => genai.getGpuAllocations({ kubernetesId: 'hinted' }),
      answer => answer.items.length === 0,
    );
    const before = await genai.getGpuOverview({ cluster: 'tested' });

    // A token ends with its account; who already watches hears of it with the next connection. The stock proxy leaves the
    // portal's side of a broken watch open, so it is the idle watchdog that asks again.
    await send('DELETE', `${ACCOUNTS}/${PORTAL_ACCOUNT}`);
    relay.cut();
    const refused = await eventually(
      tested,
      ({ fault }) => fault?.reason === 'Unauthorized',
    );
    expect(refused).toMatchObject({
      state: 'Stale',
      fault: { statusCode: 401 },
    });
    const stale = await genai.getGpuOverview({ cluster: 'tested' });
    expect(stale.groups).toEqual(before.groups);
    expect(stale.clusters).toMatchObject([
      { name: 'tested', fault: { reason: 'Unauthorized' } },
    ]);

    expect(portal.log()).not.toContain(cluster.tokens.portal);
  });
});
