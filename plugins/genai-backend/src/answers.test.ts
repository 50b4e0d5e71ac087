import {
  gpuAllocationsResponseSchema,
  gpuNodesResponseSchema,
  gpuOverviewSchema,
  enginesResponseSchema,
  inferencePlanSchema,
  modelFitsSchema,
  modelServerDetailSchema,
  modelServersResponseSchema,
  modelsResponseSchema,
  namespacesResponseSchema,
  storageClassesResponseSchema,
  vectorStoresResponseSchema,
} from '@promptside/backstage-plugin-genai-common';
import {
  gpuNode,
  gpuPod,
  modelServerDeployment,
} from './__testUtils__/gpuObjects';
import {
  emptyKubernetes,
  startGenaiBackend,
  type GenaiTestBackend,
} from './__testUtils__/startGenaiBackend';

const COVERAGE = [expect.objectContaining({ name: 'one', state: 'Live' })];

describe('answers', () => {
  let backend: GenaiTestBackend;

  beforeAll(async () => {
    const kubernetes = emptyKubernetes();
    const { objects } = kubernetes;
    const metadata = {
      name: 'team-a',
      uid: 'uid-team-a',
      resourceVersion: '1',
    };
    const open = { ...metadata, name: 'open', uid: 'uid-open' };
    objects.set('/api/v1/namespaces', [
      { kind: 'Namespace', metadata },
      { kind: 'Namespace', metadata: open },
    ]);
    objects.set('/api/v1/nodes', [gpuNode('a'), gpuNode('b'), gpuNode('c')]);
    objects.set('/api/v1/pods', [
      gpuPod('chat', { node: 'a', gpus: 2 }),
      gpuPod('train', { node: 'a', gpus: 4 }),
    ]);
    objects.set('/apis/apps/v1/deployments', [modelServerDeployment('chat')]);
    objects.set('/api/v1/resourcequotas', [
      {
        metadata: {
          name: 'gpus',
          namespace: 'team-a',
          uid: 'uid-quota',
          resourceVersion: '1',
        },
        spec: { hard: { 'requests.nvidia.com/gpu': '8' } },
        status: {
          hard: { 'requests.nvidia.com/gpu': '8' },
          used: { 'requests.nvidia.com/gpu': '6' },
        },
      },
    ] as never);
    objects.set('/apis/storage.k8s.io/v1/storageclasses', [
      {
        kind: 'StorageClass',
        metadata: { name: 'nfs-models', uid: 'uid-nfs', resourceVersion: '1' },
        provisioner: 'nfs.csi.k8s.io',
        parameters: { server: 'nfs.internal' },
      },
      {
        kind: 'StorageClass',
        metadata: {
          name: 'standard',
          uid: 'uid-standard',
          resourceVersion: '1',
          annotations: {
            'storageclass.kubernetes.io/is-default-class': 'true',
          },
        },
        provisioner: 'disks.example.com',
      },
    ] as never);
    backend = await startGenaiBackend({ kubernetes });
    await backend.untilLive();
  });

  afterAll(() => backend.stop());

  it('counts GPUs with their coverage', async () => {
    const { body } = await backend.get('/v1/gpu-overview');
    const overview = gpuOverviewSchema.parse(body);
    expect(overview.clusters).toEqual(COVERAGE);
    expect(overview.groups).toMatchObject([
      { nodeCount: 3, counts: { capacity: 24, allocated: 6, free: 18 } },
    ]);
    expect(overview.owners).toMatchObject([
      { owner: 'group:default/team-a', allocated: 6 },
    ]);
  });

  it('pages nodes', async () => {
    const first = await backend.get('/v1/gpu-nodes?limit=2');
    const page = gpuNodesResponseSchema.parse(first.body);
    expect(page.items.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(page.totalCount).toBe(3);
    const second = await backend
      .get('/v1/gpu-nodes')
      .query({ limit: 2, cursor: page.nextCursor });
    const rest = gpuNodesResponseSchema.parse(second.body);
    expect(rest.items.map(({ name }) => name)).toEqual(['c']);
    expect(rest).not.toHaveProperty('nextCursor');
  });

  it('refuses a cursor that is none', async () => {
    const response = await backend.get('/v1/gpu-nodes?cursor=%00nonsense');
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain('cursor');
  });

  it('finds the GPUs of one entity', async () => {
    const { body } = await backend.get(
      '/v1/gpu-allocations?entityRef=component:default/chat',
    );
    const { items } = gpuAllocationsResponseSchema.parse(body);
    expect(items).toMatchObject([
      { pod: 'chat', node: 'a', count: 2, owner: 'group:default/team-a' },
    ]);
  });

  it('lists model servers, and one of them in detail', async () => {
    const list = await backend.get('/v1/model-servers?namespace=team-a');
    const { items } = modelServersResponseSchema.parse(list.body);
    expect(items).toMatchObject([{ name: 'chat', runtime: 'vllm' }]);
    const one = await backend.get('/v1/model-servers/one/team-a/chat');
    const detail = modelServerDetailSchema.parse(one.body);
    expect(detail.item).toEqual(items[0]);
    expect(detail.clusters).toEqual(COVERAGE);
  });

  it('says which model server there is none of', async () => {
    const response = await backend.get('/v1/model-servers/one/team-a/nobody');
    expect(response.status).toBe(404);
    expect(response.body.error.message).toBe(
      'No model server "nobody" in namespace "team-a" of cluster "one"',
    );
  });

  it('lists namespaces with their quota', async () => {
    const { body } = await backend.get('/v1/namespaces?cluster=one');
    expect(namespacesResponseSchema.parse(body).items).toMatchObject([
      { name: 'open', quota: [] },
      {
        name: 'team-a',
        quota: [{ name: 'gpus', hard: 8, used: 6, left: 2 }],
      },
    ]);
  });

  it('lists storage classes', async () => {
    const { body } = await backend.get('/v1/storage-classes?cluster=one');
    expect(storageClassesResponseSchema.parse(body)).toEqual({
      items: [
        {
          cluster: 'one',
          name: 'nfs-models',
          provisioner: 'nfs.csi.k8s.io',
          isDefault: false,
          allowVolumeExpansion: false,
          readWriteMany: 'Yes',
        },
        {
          cluster: 'one',
          name: 'standard',
          provisioner: 'disks.example.com',
          isDefault: true,
          allowVolumeExpansion: false,
          readWriteMany: 'Unknown',
        },
      ],
      clusters: COVERAGE,
    });
  });

  it('lists vector stores and models', async () => {
    const stores = await backend.get('/v1/vector-stores');
    expect(vectorStoresResponseSchema.parse(stores.body)).toEqual({
      items: [],
      totalCount: 0,
      clusters: COVERAGE,
    });
    const models = await backend.get('/v1/models');
    expect(
      modelsResponseSchema.parse(models.body).items.length,
    ).toBeGreaterThan(10);
  });

  it('lists the engines, each with why it cannot serve the model', async () => {
    const all = await backend.get('/v1/engines');
    const { items } = enginesResponseSchema.parse(all.body);
    expect(items[0]).toMatchObject({
      engine: 'vllm',
      deployedBy: 'Deployment',
    });
    expect(items.map(({ engine }) => engine)).toHaveLength(9);
    expect(items.filter(({ refusal }) => refusal)).toEqual([]);
    expect(items.find(({ engine }) => engine === 'tgi')?.notice).toContain(
      'maintenance',
    );

    const id = encodeURIComponent('google/gemma-2-9b-it');
    const { body } = await backend.get(`/v1/engines?model=${id}`);
    const refusals = enginesResponseSchema
      .parse(body)
      .items.filter(({ refusal }) => refusal);
    expect(refusals.map(({ engine }) => engine)).toEqual([
      'nim',
      'llama-cpp',
      'tei',
    ]);

    const unknown = await backend.get('/v1/engines?model=nobody%2Fnothing');
    expect(unknown.status).toBe(404);
    expect(unknown.body.error.message).toContain('"model"');
  });

  it('plans with what is free and what the quota leaves', async () => {
    const response = await backend.post('/v1/inference-plans', {
      model: 'google/gemma-2-9b-it',
      cluster: 'one',
      namespace: 'team-a',
    });
    expect(response.status).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    const plan = inferencePlanSchema.parse(response.body);
    expect(plan.choice).toMatchObject({ cluster: 'one', vendor: 'nvidia' });
    expect(plan.quota).toMatchObject([{ name: 'gpus', left: 2 }]);
    expect(plan.clusters).toEqual(COVERAGE);
  });

  it('plans many models at once and leaves none out', async () => {
    const response = await backend.post('/v1/model-fits', {
      models: [
        'google/gemma-2-9b-it',
        'nobody/nothing',
        'meta-llama/Llama-3.1-405B-Instruct',
      ],
    });
    expect(response.status).toBe(200);
    const { items, clusters } = modelFitsSchema.parse(response.body);
    expect(items.map(({ model, verdict }) => [model, verdict])).toEqual([
      ['google/gemma-2-9b-it', 'Fits'],
      ['nobody/nothing', 'Unknown'],
      ['meta-llama/Llama-3.1-405B-Instruct', 'DoesNotFit'],
    ]);
    const plan = await backend.post('/v1/inference-plans', {
      model: 'google/gemma-2-9b-it',
    });
    expect(items[0].summary).toBe(plan.body.summary);
    expect(plan.body.choice).toMatchObject(items[0].choice!);
    expect(response.text).not.toContain('alternatives');
    expect(clusters).toEqual(COVERAGE);
  });

  it('asks for the GPUs of one vendor', async () => {
    const { body } = await backend.post('/v1/model-fits', {
      models: ['google/gemma-2-9b-it'],
      vendor: 'amd',
    });
    expect(body.items[0].verdict).toBe('DoesNotFit');
    expect(body.items[0].summary).toContain('amd');
  });

  it('asks for one engine', async () => {
    const ask = async (engine: string) => {
      const { body } = await backend.post('/v1/model-fits', {
        models: ['google/gemma-2-9b-it', 'BAAI/bge-m3'],
        engine,
      });
      return modelFitsSchema.parse(body).items.map(({ verdict }) => verdict);
    };
    expect(await ask('tei')).toEqual(['DoesNotFit', 'Fits']);
    expect(await ask('sglang')).toEqual(['Fits', 'DoesNotFit']);
  });

  it('tells of a namespace that nothing limits', async () => {
    const { body } = await backend.post('/v1/inference-plans', {
      model: 'google/gemma-2-9b-it',
      cluster: 'one',
      namespace: 'open',
    });
    expect(body.verdict).toBe('Fits');
    expect(body.reasons).toContainEqual(
      expect.objectContaining({ code: 'NoQuota', severity: 'Info' }),
    );
  });

  it.each([
    [{ model: 'nobody/nothing' }, '"model"'],
    [
      { model: 'google/gemma-2-9b-it', cluster: 'one', namespace: 'team-b' },
      '"namespace"',
    ],
    [
      { model: 'google/gemma-2-9b-it', cluster: 'other' },
      'known clusters: one',
    ],
  ])(
    'refuses to plan for %j and names what is not there',
    async (body, text) => {
      const response = await backend.post('/v1/inference-plans', body);
      expect(response.status).toBe(404);
      expect(response.body.error.message).toContain(text);
    },
  );

  it('never shows a value from an environment', async () => {
    for (const path of [
      '/v1/gpu-nodes?include=allocations',
      '/v1/gpu-allocations',
      '/v1/model-servers',
      '/v1/model-servers/one/team-a/chat',
    ]) {
      const { text } = await backend.get(path);
      expect(text).toContain('chat');
      expect(text).not.toContain('hf_super_secret');
    }
  });
});
