import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  genaiGpuReadPermission,
  genaiInferencePlanPermission,
  genaiModelServerReadPermission,
} from '@promptside/backstage-plugin-genai-common';
import {
  gpuNode,
  gpuPod,
  modelServerDeployment,
} from '../__testUtils__/gpuObjects';
import {
  emptyKubernetes,
  startGenaiBackend,
  type GenaiTestBackend,
} from '../__testUtils__/startGenaiBackend';

const ACTIONS = '/.backstage/actions/v1/actions';
const MODEL = 'google/gemma-2-9b-it';

describe('actions', () => {
  let backend: GenaiTestBackend;

  beforeAll(async () => {
    const kubernetes = emptyKubernetes();
    kubernetes.objects.set('/api/v1/nodes', [gpuNode('a')]);
    kubernetes.objects.set('/api/v1/pods', [
      gpuPod('chat', { node: 'a', gpus: 2 }),
    ]);
    kubernetes.objects.set('/apis/apps/v1/deployments', [
      modelServerDeployment('chat'),
    ]);
    // A plan asks whether the cluster can make the volume for the weights.
    const metadata = {
      name: 'standard',
      uid: 'standard',
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    };
    kubernetes.objects.set('/apis/storage.k8s.io/v1/storageclasses', [
      { metadata, provisioner: 'disks.example.com' },
    ]);
    backend = await startGenaiBackend({ kubernetes });
    await backend.untilLive();
  });

  beforeEach(() => {
    backend.decision = AuthorizeResult.ALLOW;
    backend.authorized.length = 0;
  });

  afterAll(() => backend.stop());

  const invoke = (name: string, input: object) =>
    backend.post(`${ACTIONS}/genai:${name}/invoke`, input).set(
      'Authorization',
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user(),
        targetPluginId: 'genai',
      }),
    );

  const CASES = [
    {
      name: 'get-gpu-overview',
      input: { vendor: 'nvidia' },
      permission: genaiGpuReadPermission,
      output: {
        groups: [{ cluster: 'one', counts: { allocated: 2, free: 6 } }],
        owners: [{ owner: 'group:default/team-a', allocated: 2 }],
      },
    },
    {
      name: 'list-model-servers',
      input: { limit: 5 },
      permission: genaiModelServerReadPermission,
      output: { items: [{ name: 'chat', runtime: 'vllm' }], totalCount: 1 },
    },
    {
      name: 'plan-inference',
      input: { model: MODEL, cluster: 'one' },
      permission: genaiInferencePlanPermission,
      output: { verdict: 'Fits', plan: { choice: { cluster: 'one' } } },
    },
  ];

  it.each(CASES)('$name only reads, and answers', async action => {
    const list = await backend
      .get(ACTIONS)
      .set('Authorization', mockCredentials.service.header());
    expect(list.body.actions).toContainEqual(
      expect.objectContaining({
        id: `genai:${action.name}`,
        attributes: { readOnly: true, destructive: false, idempotent: true },
      }),
    );
    const response = await invoke(action.name, action.input);
    expect(response.status).toBe(200);
    expect(response.body.output).toMatchObject(action.output);
    expect(backend.authorized).toContain(action.permission.name);
  });

  it.each(CASES)('$name is not there without its permission', async action => {
    backend.decision = AuthorizeResult.DENY;
    const response = await invoke(action.name, action.input);
    expect([403, 404]).toContain(response.status);
    expect(response.body).not.toHaveProperty('output');
  });

  it.each([
    ['get-gpu-overview', { cluster: 'other' }, 404, 'known clusters: one'],
    ['get-gpu-overview', { owner: 'team-a' }, 400, '"owner"'],
    ['list-model-servers', { namespace: 'Team A' }, 400, '"namespace"'],
    ['plan-inference', { model: 'nobody/nothing' }, 404, '"model"'],
    [
      'plan-inference',
      { model: MODEL, quantization: 'x' },
      400,
      'quantization',
    ],
  ])('%s refuses %j', async (name, input, status, text) => {
    const response = await invoke(name, input);
    expect(response.status).toBe(status);
    expect(response.body.error.message).toContain(text);
  });
});
