import {
  inferenceSpecSchema,
  type GenaiClient,
  type ModelServer,
} from '@promptside/backstage-plugin-genai-common';
import {
  buildInferenceObjects,
  CURATED_MODELS,
  findModel,
} from '@promptside/backstage-plugin-genai-node';
import { startDemoCluster, type DemoCluster } from '@promptside/demo-cluster';
import { eventually } from '../cluster-tests/eventually';
import { createKubeClient, type SendKube } from '../cluster-tests/KubeClient';
import { startPortal, type Portal } from '../cluster-tests/startPortal';

const TEAM = 'team-search';

const PATHS: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: `/api/v1/namespaces/${TEAM}/persistentvolumeclaims`,
  ServiceAccount: `/api/v1/namespaces/${TEAM}/serviceaccounts`,
  NetworkPolicy: `/apis/networking.k8s.io/v1/namespaces/${TEAM}/networkpolicies`,
  PodDisruptionBudget: `/apis/policy/v1/namespaces/${TEAM}/poddisruptionbudgets`,
  PodMonitor: `/apis/monitoring.coreos.com/v1/namespaces/${TEAM}/podmonitors`,
  InferenceService: `/apis/serving.kserve.io/v1beta1/namespaces/${TEAM}/inferenceservices`,
  NIMService: `/apis/apps.nvidia.com/v1alpha1/namespaces/${TEAM}/nimservices`,
};

/** What the golden path writes for an L4 and the engine. */
function rendered(name: string, spec: Record<string, unknown>) {
  const parsed = inferenceSpecSchema.parse({
    apiVersion: 'promptside.io/v1',
    kind: 'InferenceService',
    metadata: { name, owner: 'group:default/team-search' },
    spec: {
      target: { cluster: 'tested', namespace: TEAM },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 1,
        product: 'NVIDIA-L4',
      },
      contextLength: 8192,
      replicas: 1,
      storage: { size: '24Gi' },
      monitoring: {},
      ...spec,
    },
  });
  return buildInferenceObjects(
    parsed,
    findModel(CURATED_MODELS, parsed.spec.model.id),
  );
}

jest.setTimeout(120_000);

describe('model servers of operators on the demo cluster', () => {
  let cluster: DemoCluster;
  let portal: Portal;
  let genai: GenaiClient;
  let send: SendKube;

  const server = async (namespace: string, name: string) => {
    const { items } = await genai.getModelServers({
      cluster: 'tested',
      namespace,
    });
    return items.find(item => item.name === name);
  };
  const isReady = (item: ModelServer | undefined) => item?.state === 'Ready';

  beforeAll(async () => {
    cluster = await startDemoCluster({ timeScale: 20 });
    const access = {
      url: cluster.url,
      caData: cluster.caData,
      token: cluster.tokens.admin,
      portalToken: cluster.tokens.portal,
    };
    send = createKubeClient(access);
    portal = await startPortal(access, { idleTimeout: '45s' });
    genai = portal.client;
    await eventually(
      () => genai.getClusters(),
      ({ items }) => items[0]?.state === 'Live',
    );
    await eventually(
      () => genai.getModelServers({ namespace: 'model-platform' }),
      ({ items }) => items.length === 6,
    );
  }, 300_000);

  afterAll(async () => {
    await portal?.stop();
    await cluster?.stop();
  }, 60_000);

  it('are told by kind, state, model, endpoint and GPUs', async () => {
    const { items } = await genai.getModelServers({
      namespace: 'model-platform',
    });
    const rows = items.map(item => ({
      name: item.name,
      kind: item.kind,
      runtime: item.runtime,
      state: item.state,
      reason: item.reason,
      model: item.model?.id,
      endpoint: item.endpoint?.url,
      gpus: item.gpus
        .map(
          ({ resource, perReplicaCount }) => `${perReplicaCount} ${resource}`,
        )
        .join(),
    }));
    expect(rows).toEqual([
      {
        name: 'coder-kubeai',
        kind: 'Model',
        runtime: 'kubeai',
        state: 'Ready',
        reason: undefined,
        model: 'Qwen/Qwen2.5-Coder-7B-Instruct',
        endpoint: 'http://kubeai.model-platform.svc:80/openai/v1',
        gpus: '1 nvidia.com/gpu',
      },
      {
        name: 'gpt-oss-llmd',
        kind: 'LLMInferenceService',
        runtime: 'kserve',
        state: 'Ready',
        reason: undefined,
        model: 'openai/gpt-oss-20b',
        endpoint:
          'http://gpt-oss-llmd-kserve-workload-svc.model-platform.svc:8000/v1',
        gpus: '1 nvidia.com/mig-3g.40gb',
      },
      {
        name: 'llama-nim',
        kind: 'NIMService',
        runtime: 'nim',
        state: 'Failed',
        reason: 'NIMCacheNotFound',
        model: 'meta-llama/Llama-3.1-8B-Instruct',
        endpoint: undefined,
        gpus: '1 nvidia.com/mig-3g.40gb',
      },
      {
        name: 'mistral-kubeai',
        kind: 'Model',
        runtime: 'kubeai',
        state: 'Stopped',
        reason: 'ScaledToZero',
        model: 'mistralai/Mistral-7B-Instruct-v0.3',
        endpoint: 'http://kubeai.model-platform.svc:80/openai/v1',
        gpus: '',
      },
      {
        name: 'phi-kaito',
        kind: 'Workspace',
        runtime: 'kaito',
        state: 'Ready',
        reason: undefined,
        model: 'microsoft/Phi-4-mini-instruct',
        endpoint: 'http://phi-kaito.model-platform.svc:80/v1',
        gpus: '1 nvidia.com/mig-3g.40gb',
      },
      {
        name: 'qwen-kserve',
        kind: 'InferenceService',
        runtime: 'kserve',
        state: 'Ready',
        reason: undefined,
        model: 'Qwen/Qwen2.5-7B-Instruct',
        endpoint:
          'http://qwen-kserve-predictor.model-platform.svc.cluster.local/openai/v1',
        gpus: '1 nvidia.com/mig-3g.40gb',
      },
    ]);
  });

  it.each(['coder-kubeai', 'gpt-oss-llmd', 'phi-kaito', 'qwen-kserve'])(
    '%s answers questions and shows metrics',
    async name => {
      const ref = { cluster: 'tested', namespace: 'model-platform', name };
      const parts: string[] = [];
      for await (const part of genai.streamChat(ref, {
        messages: [{ role: 'user', content: 'Who serves you?' }],
      })) {
        parts.push(part);
      }
      expect(parts.join('')).toMatch(/simulated answer.*Who serves you\?/);
      const { metrics } = await genai.getModelServer(ref);
      expect(metrics?.values.runningRequestCount).toMatchObject({
        grade: 'measured',
      });
    },
  );

  it.each([
    [
      'InferenceService',
      {
        engine: { name: 'kserve' },
        model: { id: 'Qwen/Qwen2.5-7B-Instruct' },
      },
    ],
    [
      'NIMService',
      {
        engine: {
          name: 'nim',
          imagePullSecret: 'ngc-login',
          authSecret: 'ngc-api',
        },
        model: {
          id: 'meta-llama/Llama-3.1-8B-Instruct',
          tokenSecret: { name: 'hf-token', key: 'HF_TOKEN' },
        },
      },
    ],
  ])('a rendered %s becomes ready', async (kind, spec) => {
    await send('POST', `/api/v1/namespaces/${TEAM}/secrets`, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'ngc-api' },
      stringData: { NGC_API_KEY: 'simulated' },
    }).catch(() => undefined);
    const name = `trial-${kind.toLowerCase()}`;
    for (const object of rendered(name, spec)) {
      await send('POST', PATHS[object.kind], object);
    }
    const item = await eventually(() => server(TEAM, name), isReady);
    expect(item).toMatchObject({
      kind,
      entityRef: `component:default/${name}`,
      gpus: [{ resource: 'nvidia.com/gpu', perReplicaCount: 1 }],
      replicas: { desired: 1, ready: 1 },
      endpoint: { protocol: 'openai' },
    });
  });
});
