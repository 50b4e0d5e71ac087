import {
  genaiInferencePlanPermission,
  ragPlanSchema,
} from '@promptside/backstage-plugin-genai-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { gpuNode } from '../__testUtils__/gpuObjects';
import { chromaObjects } from '../__testUtils__/storeCluster';
import {
  emptyKubernetes,
  startGenaiBackend,
  type GenaiTestBackend,
} from '../__testUtils__/startGenaiBackend';

const LLM = 'Qwen/Qwen3-8B';
const FORM = {
  target: { cluster: 'one', namespace: 'team-a' },
  store: { kind: 'chroma', url: 'http://docs.team-a.svc' },
  embedding: {
    model: 'BAAI/bge-small-en-v1.5',
    dimension: 384,
    maxTokens: 512,
    url: 'https://embed.example.com',
  },
  llm: { url: 'https://llm.example.com/v1', model: 'm', contextTokens: 8192 },
};
const OWN_LLM = { create: true, model: LLM, contextTokens: 8192 };

describe('the plan of a RAG service', () => {
  let backend: GenaiTestBackend;

  beforeAll(async () => {
    const kubernetes = emptyKubernetes();
    const { objects } = kubernetes;
    const stores = chromaObjects();
    objects.set('/api/v1/namespaces', [
      {
        kind: 'Namespace',
        metadata: { name: 'team-a', uid: 'n', resourceVersion: '1' },
      },
    ] as never);
    objects.set('/api/v1/nodes', [gpuNode('a')]);
    objects.set('/apis/apps/v1/statefulsets', stores.statefulsets as never);
    objects.set('/api/v1/services', stores.services as never);
    objects.set('/api/v1/pods', stores.pods as never);
    backend = await startGenaiBackend({
      kubernetes,
      genai: { vectorStores: { probes: { enabled: false } } },
    });
    await backend.untilLive();
  });

  beforeEach(() => {
    backend.decision = AuthorizeResult.ALLOW;
  });

  afterAll(() => backend.stop());

  const ask = async (changes: object) => {
    const { body, status } = await backend.post('/v1/rag-plans', {
      ...FORM,
      ...changes,
    });
    expect({ status, error: body.error }).toEqual({ status: 200 });
    return ragPlanSchema.parse(body);
  };

  it('finds the store at its address, and plans no server that exists', async () => {
    const plan = await ask({});
    const codes = plan.reasons.map(({ code }) => code);
    expect(codes).not.toContain('NotSeen');
    expect(plan).not.toHaveProperty('embeddingPlan');
    expect(plan).not.toHaveProperty('llmPlan');
    expect(plan.clusters.map(({ name }) => name)).toEqual(['one']);
  });

  it('knows that another engine is at the address', async () => {
    const plan = await ask({ store: { ...FORM.store, kind: 'milvus' } });
    expect(plan.verdict).toBe('DoesNotFit');
    expect(plan.summary).toContain('is chroma, not milvus');
  });

  it('says what was not seen', async () => {
    const plan = await ask({
      store: { kind: 'chroma', url: 'http://lost.team-a.svc:8000' },
    });
    expect(plan.verdict).toBe('Unknown');
    expect(plan.summary).toContain('nothing that runs on the clusters');
  });

  it('plans both servers that are to be made, as the inference path does', async () => {
    const embedding = { ...FORM.embedding, url: undefined, create: true };
    const accelerator = { vendor: 'nvidia', resource: 'nvidia.com/gpu' };
    const plan = await ask({ embedding, llm: { ...OWN_LLM, accelerator } });
    const { body } = await backend.post('/v1/inference-plans', {
      model: LLM,
      engine: 'vllm',
      ...FORM.target,
      ...accelerator,
      contextLength: 8192,
      replicas: 1,
    });
    const { clusters: _, ...alone } = body;
    expect(plan.llmPlan).toEqual(alone);
    expect(plan.llmPlan?.choice).toMatchObject({
      product: 'NVIDIA-H100-80GB-HBM3',
      gpuCount: 1,
    });
    expect(plan.embeddingPlan).toMatchObject({
      engine: 'tei',
      model: FORM.embedding.model,
    });
  });

  it('does not fit where the language model finds no such GPU', async () => {
    const accelerator = { vendor: 'amd', resource: 'amd.com/gpu' };
    const plan = await ask({ llm: { ...OWN_LLM, accelerator } });
    expect(plan.verdict).toBe(plan.llmPlan?.verdict);
    expect(plan.verdict).not.toBe('Fits');
    expect(plan.reasons.map(({ field }) => field)).toContain('llm');
  });

  it('tells the rule of a dimension without a cluster to ask', async () => {
    const store = { kind: 'pgvector', create: true };
    const embedding = { ...FORM.embedding, model: 'big' };
    const half = await ask({
      store,
      embedding: { ...embedding, dimension: 3072 },
    });
    expect(half.reasons.map(({ code }) => code)).toContain('HalfPrecision');
    const none = await ask({
      store,
      embedding: { ...embedding, dimension: 4096 },
    });
    expect(none.verdict).toBe('DoesNotFit');
  });

  it('says that there is no such namespace, and plans nothing into it', async () => {
    const target = { cluster: 'one', namespace: 'nowhere' };
    const plan = await ask({ target, llm: OWN_LLM });
    expect(plan.verdict).toBe('DoesNotFit');
    expect(plan.summary).toContain('has no namespace "nowhere"');
    expect(plan).not.toHaveProperty('llmPlan');
  });

  it('knows no more than the caller may see', async () => {
    backend.decision = AuthorizeResult.DENY;
    backend.mayAlways = genaiInferencePlanPermission.name;
    const plan = await ask({
      store: { kind: 'chroma', url: 'http://docs.team-a.svc' },
    });
    backend.mayAlways = undefined;
    expect(plan.verdict).toBe('Unknown');
    expect(plan.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['NamespacesUnknown', 'NotSeen']),
    );
    expect(JSON.stringify(plan)).not.toContain('chroma, ');
  });

  it.each([
    ['embedding', { embedding: { ...FORM.embedding, create: true, url: '' } }],
    ['llm', { llm: OWN_LLM }],
  ])('names the part whose model nobody knows: %s', async (part, changes) => {
    const values = structuredClone({ ...FORM, ...changes }) as typeof FORM;
    values[part as 'llm'].model = 'nobody/knows';
    const { body, status } = await backend.post('/v1/rag-plans', values);
    expect(status).toBe(404);
    expect(body.error.message).toMatch(
      new RegExp(`^Field "${part}": Field "model": .*nobody/knows`),
    );
  });

  it.each([
    ['no address', { llm: { model: 'm', contextTokens: 8192 } }, /llm.url/],
    [
      'an engine of embeddings',
      { llm: { ...OWN_LLM, engine: 'tei' } },
      /llm.engine/,
    ],
    ['no store', { store: undefined }, /store/],
  ])('refuses %s', async (_, changes, said) => {
    const { body, status } = await backend.post('/v1/rag-plans', {
      ...FORM,
      ...changes,
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(said);
  });
});
