import { problemsOf } from './__testUtils__/problemsOf';
import {
  ragEmbeddingSchema,
  ragLlmEngineSchema,
  ragLlmSchema,
  ragSpecSchema,
  ragStoreSchema,
} from './ragSpec';

const SECRET = { name: 'login', key: 'url' };
const SIZE = { replicas: 1, size: '20Gi' };
const STORE = { collection: 'docs' };
const ADDRESS = { url: 'http://chroma.team-search.svc:8000' };

const EMBEDDING = {
  model: 'BAAI/bge-m3',
  dimension: 1024,
  maxTokens: 8192,
  api: 'tei',
};
const EMBEDDING_SERVER = {
  accelerator: { vendor: 'nvidia', resource: 'nvidia.com/gpu' },
  size: '10Gi',
};

const LLM = { model: 'chat', contextTokens: 8192 };
const LLM_SERVER = {
  engine: { name: 'vllm' },
  model: { id: 'Qwen/Qwen3-8B' },
  replicas: 1,
  storage: { size: '40Gi' },
};

/** A RAG service with parts of its spec changed. */
function serviceOf(parts: Record<string, unknown> = {}) {
  return {
    apiVersion: 'promptside.io/v1',
    kind: 'RagService',
    metadata: { name: 'docs-chat', owner: 'group:default/team-search' },
    spec: {
      framework: 'langchain',
      image: 'registry.test:5000/docs-chat:1.2.0',
      target: { cluster: 'demo', namespace: 'team-search' },
      replicas: 2,
      store: { kind: 'chroma', ...STORE, ...ADDRESS },
      embedding: { ...EMBEDDING, url: 'http://tei:8080' },
      llm: { ...LLM, url: 'http://chat:8000/v1' },
      ingest: { sources: ['docs/'] },
      ...parts,
    },
  };
}

const problems = (parts: Record<string, unknown>) =>
  problemsOf(ragSpecSchema, serviceOf(parts));

describe('the store of a RAG service', () => {
  it.each([
    { kind: 'chroma', ...STORE, ...ADDRESS },
    { kind: 'milvus', ...STORE, ...ADDRESS, tokenSecret: SECRET },
    { kind: 'pgvector', ...STORE, urlSecret: SECRET },
    { kind: 'chroma', ...STORE, create: SIZE },
    { kind: 'pgvector', ...STORE, create: SIZE },
  ])('is %j', store => {
    expect(ragStoreSchema.parse(store)).toEqual(store);
  });

  it.each([
    {},
    { create: SIZE, ...ADDRESS },
    { create: SIZE, urlSecret: SECRET },
  ])('comes from exactly one place, not from %j', place => {
    expect(
      problemsOf(ragStoreSchema, { kind: 'milvus', ...STORE, ...place }),
    ).toContain('must have exactly one of url, urlSecret and create');
  });

  it.each([
    ['pgvector', ADDRESS],
    ['chroma', { urlSecret: SECRET }],
    ['milvus', { urlSecret: SECRET }],
  ])('of %s is not reached by %j', (kind, place) => {
    expect(problemsOf(ragStoreSchema, { kind, ...STORE, ...place })).toEqual([
      'pgvector is reached by urlSecret (its address holds a password), Chroma and Milvus by url',
    ]);
  });
});

describe('the embeddings of a RAG service', () => {
  it.each([
    { ...EMBEDDING, url: 'http://tei:8080' },
    { ...EMBEDDING, create: EMBEDDING_SERVER },
    // a served name need be no id of the hub where no server is made
    { ...EMBEDDING, model: 'embeddings', api: 'openai', url: 'http://e/v1' },
  ])('come from %j', embedding => {
    expect(ragEmbeddingSchema.parse(embedding)).toEqual(embedding);
  });

  it.each([{}, { url: 'http://tei:8080', create: EMBEDDING_SERVER }])(
    'come from either an address or a server, not from %j',
    place => {
      expect(
        problemsOf(ragEmbeddingSchema, { ...EMBEDDING, ...place }),
      ).toEqual(['must have either url or create']);
    },
  );

  it('of a server that is made are those of a model on the hub', () => {
    expect(
      problemsOf(ragEmbeddingSchema, {
        ...EMBEDDING,
        model: 'embeddings',
        create: EMBEDDING_SERVER,
      }),
    ).toEqual([expect.stringMatching(/^model must look like/)]);
  });

  it('of a server that is made are asked for as Text Embeddings Inference wants it', () => {
    expect(
      problemsOf(ragEmbeddingSchema, {
        ...EMBEDDING,
        api: 'openai',
        create: EMBEDDING_SERVER,
      }),
    ).toEqual(['api of a server that is made is "tei"']);
  });
});

describe('the language model of a RAG service', () => {
  it.each([
    { ...LLM, url: 'https://llm.test/v1' },
    { ...LLM, create: LLM_SERVER },
  ])('is %j', llm => {
    expect(ragLlmSchema.parse(llm)).toEqual(llm);
  });

  it.each([{}, { url: 'http://llm/v1', create: LLM_SERVER }])(
    'is either an address or a server, not %j',
    place => {
      expect(problemsOf(ragLlmSchema, { ...LLM, ...place })).toEqual([
        'must have either url or create',
      ]);
    },
  );

  it.each(['tei', 'tgi-substratus', 'acme/serve'])(
    'is not served by %s, which gives no text or brings a chart',
    engine => {
      expect(problemsOf(ragLlmEngineSchema, engine)).toEqual([
        'must be an engine that generates text and is not deployed by a chart of its own, such as "vllm"',
      ]);
    },
  );

  it.each([
    'http://me:secret@llm/v1',
    'http://llm/v1?key=secret',
    'llm:8000/v1',
    'file:///etc/passwd',
  ])('is not at %s', url => {
    expect(problemsOf(ragLlmSchema, { ...LLM, url })).toEqual([
      expect.stringMatching(/^url: must be an address/),
    ]);
  });

  it.each(['chat\nAPI_KEY=x', 'chat\u0000', ''])('is not named %j', model => {
    expect(
      problemsOf(ragLlmSchema, { ...LLM, model, url: 'http://llm/v1' }),
    ).toEqual([expect.stringMatching(/^model: /)]);
  });
});

describe('the spec of a RAG service', () => {
  it.each<Record<string, unknown>>([
    {},
    { image: `registry.test/chat@sha256:${'a'.repeat(64)}` },
    { history: { urlSecret: SECRET, messages: 0 } },
    { history: { create: { instances: 3, size: '5Gi' } } },
    {
      ingest: {
        sources: ['https://docs.test/a'],
        schedule: '*/5 1-3 1,15 * MON',
      },
    },
    { monitoring: { labels: { 'app.kubernetes.io/release': 'prometheus' } } },
    {
      delivery: {
        kind: 'FluxKustomization',
        repoUrl: 'https://github.com/acme/chat.git',
      },
    },
  ])('takes %j', parts => {
    const spec = serviceOf(parts);
    expect(ragSpecSchema.parse(spec)).toEqual(spec);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'an image that changes under its name',
      { image: 'registry.test/chat:latest' },
      /^spec\.image: must not use the tag "latest"/,
    ],
    [
      'an image whose only colon is that of the port',
      { image: 'registry.test:5000/chat' },
      /^spec\.image: must be an image with a tag or digest/,
    ],
    [
      'a history that is both made and there',
      {
        history: {
          urlSecret: SECRET,
          create: { instances: 1, size: '5Gi' },
        },
      },
      /^spec\.history: must have either urlSecret or create/,
    ],
    [
      'a history that is kept nowhere',
      { history: { retentionDays: 30 } },
      /^spec\.history: must have either urlSecret or create/,
    ],
    [
      'a source that would be two in a list',
      { ingest: { sources: ['docs/,/etc'] } },
      /^spec\.ingest\.sources\.0: must have no spaces, commas/,
    ],
    ['no source', { ingest: { sources: [] } }, /^spec\.ingest\.sources: /],
    [
      'a schedule with seconds',
      { ingest: { sources: ['docs/'], schedule: '0 0 3 * * *' } },
      /^spec\.ingest\.schedule: must be a cron expression with five/,
    ],
    [
      'a chart, which a RAG service is not',
      {
        delivery: {
          kind: 'FluxHelmRelease',
          repoUrl: 'https://github.com/acme/chat.git',
        },
      },
      /^spec\.delivery: a RAG service is a kustomization/,
    ],
    ['a field it does not know', { topK: 3 }, /^spec: .*topK/],
  ])('refuses %s', (_, parts, message) => {
    expect(problems(parts)).toEqual([expect.stringMatching(message)]);
  });

  it('keeps no label whose key would be the prototype', () => {
    const labels: unknown = JSON.parse('{"__proto__":{"team":"x"},"a":"b"}');
    const result = ragSpecSchema.safeParse(
      serviceOf({ monitoring: { labels } }),
    );
    const kept = result.data?.spec.monitoring?.labels ?? {};
    expect(kept.team).toBeUndefined();
    expect(Object.keys(kept)).not.toContain('__proto__');
  });

  it('refuses a name that leaves no room for those of its Jobs', () => {
    const { metadata, ...rest } = serviceOf();
    const named = (length: number) => ({
      ...rest,
      metadata: { ...metadata, name: 'a'.repeat(length) },
    });
    expect(problemsOf(ragSpecSchema, named(44))).toEqual([]);
    expect(problemsOf(ragSpecSchema, named(45))).toEqual([
      'metadata.name: must have at most 44 characters',
    ]);
  });
});
