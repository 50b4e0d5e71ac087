import {
  ragLineageResponseSchema,
  ragSpecSchema,
} from '@promptside/backstage-plugin-genai-common';
import { buildRagObjects } from '@promptside/backstage-plugin-genai-node';
import {
  emptyKubernetes,
  startGenaiBackend,
  type GenaiTestBackend,
} from '../__testUtils__/startGenaiBackend';

const LINEAGE = '/v1/lineage/one/team-a/handbook';

const SPEC = ragSpecSchema.parse({
  apiVersion: 'promptside.io/v1',
  kind: 'RagService',
  metadata: { name: 'handbook', owner: 'group:default/team-a' },
  spec: {
    framework: 'langchain',
    image: 'acme/handbook:0.1.0',
    target: { cluster: 'one', namespace: 'team-a' },
    replicas: 1,
    store: { kind: 'chroma', collection: 'handbook', url: 'http://docs:8000' },
    embedding: {
      model: 'm',
      dimension: 384,
      maxTokens: 512,
      api: 'openai',
      url: 'https://embed.example.com',
    },
    llm: { url: 'http://qwen:8000/v1', model: 'q', contextTokens: 8192 },
    ingest: { sources: ['docs'] },
  },
});

describe('the lineage of a RAG service', () => {
  let backend: GenaiTestBackend;

  beforeAll(async () => {
    const kubernetes = emptyKubernetes();
    const deployment = buildRagObjects(SPEC, undefined).find(
      ({ kind }) => kind === 'Deployment',
    )!;
    kubernetes.objects.set('/apis/apps/v1/deployments', [
      { ...deployment, metadata: { ...deployment.metadata, uid: 'rag' } },
    ] as never);
    backend = await startGenaiBackend({
      kubernetes,
      genai: { vectorStores: { probes: { enabled: false } } },
    });
    await backend.untilLive();
  });

  afterAll(() => backend.stop());

  it('tells each connection, and how fresh that is', async () => {
    const { body, status } = await backend.get(LINEAGE);
    expect(status).toBe(200);
    const { item, clusters } = ragLineageResponseSchema.parse(body);
    expect(item.state).toBe('Broken');
    expect(item.edges.map(({ to, reason }) => [to, reason])).toEqual([
      ['EmbeddingModel', 'Outside'],
      ['Collection', 'StoreNotSeen'],
      ['VectorStore', 'StoreMissing'],
      ['LanguageModel', 'EndpointMissing'],
    ]);
    expect(clusters.map(({ name }) => name)).toEqual(['one']);
  });

  it('knows no other service', async () => {
    const { status, body } = await backend.get(
      '/v1/lineage/one/team-a/nothing',
    );
    expect(status).toBe(404);
    expect(body.error.message).toMatch(/No RAG service "nothing"/);
  });
});
