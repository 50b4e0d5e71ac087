import { RAG_SPECS, ragSpecOf } from '../manifests/rag/__testUtils__/ragSpecs';
import { deployment, type TestObject } from '../testing/objects';
import { observe } from '../testing/observe';
import { deriveLineage } from './deriveLineage';
import {
  NOW,
  MODEL,
  EMBEDDING,
  SPEC,
  chroma,
  tei,
  qwen,
  DOORS,
  reading,
  lineage,
  edge,
} from './__testUtils__/lineageScene';

describe('the lineage of a RAG service', () => {
  it('is whole when what the golden path wrote stands on what runs', () => {
    const item = lineage();
    expect(item.edges.filter(({ state }) => state !== 'Whole')).toEqual([]);
    expect(item.state).toBe('Whole');
    expect(item.nodes.map(({ kind, title }) => [kind, title])).toEqual([
      ['RagService', 'handbook'],
      ['EmbeddingModel', EMBEDDING],
      ['Collection', 'handbook'],
      ['VectorStore', 'chroma'],
      ['LanguageModel', MODEL],
      ['Gpu', '1 x nvidia.com/gpu'],
    ]);
    expect(item.nodes[0].entityRef).toBe('component:default/handbook');
    expect(item.nodes[3].object).toEqual({
      cluster: 'test',
      namespace: 'team-a',
      name: 'chroma',
    });
  });

  it.each<
    [string, Parameters<typeof lineage>[0], string, string, string, RegExp]
  >([
    [
      'a collection of another dimension',
      {
        readings: reading([
          { name: 'handbook', dimension: 768, indexState: 'Ready' },
        ]),
      },
      'EmbeddingModel',
      'Collection',
      'Broken',
      /768 dimensions, and the embedding model makes 384/,
    ],
    [
      'a collection of another model',
      {
        readings: reading([
          {
            name: 'handbook',
            dimension: 384,
            embeddingModel: 'a/b',
            indexState: 'Ready',
          },
        ]),
      },
      'EmbeddingModel',
      'Collection',
      'Broken',
      /made with a\/b/,
    ],
    [
      'a collection of unknown dimension',
      { readings: reading([{ name: 'handbook', indexState: 'Ready' }]) },
      'EmbeddingModel',
      'Collection',
      'Unknown',
      /dimension of handbook is not known/,
    ],
    [
      'no collection',
      { readings: reading([]) },
      'EmbeddingModel',
      'Collection',
      'Broken',
      /no collection handbook/,
    ],
    [
      'a store that nobody asked',
      { readings: 'Silent' },
      'EmbeddingModel',
      'Collection',
      'Unknown',
      /not read/,
    ],
    [
      'no store',
      { others: [tei, qwen(), ...DOORS] },
      'Collection',
      'VectorStore',
      'Broken',
      /No vector store answers/,
    ],
    [
      'no language model',
      { others: [chroma, tei, ...DOORS] },
      'service',
      'LanguageModel',
      'Broken',
      /No model server answers/,
    ],
    [
      'another language model',
      { others: [chroma, tei, qwen('x/y'), ...DOORS] },
      'service',
      'LanguageModel',
      'Broken',
      /serves x\/y, and the service asks for Qwen/,
    ],
    [
      'a server that waits for a GPU in vain',
      { observed: { pods: 'Unscheduled' } },
      'service',
      'LanguageModel',
      'Broken',
      /qwen is Failed: .*Insufficient GPUs/,
    ],
    [
      'no GPU yet',
      { observed: { pods: 'Unscheduled' } },
      'LanguageModel',
      'LanguageModelGpu',
      'Broken',
      /./,
    ],
    [
      'a store outside',
      {
        spec: ragSpecOf({
          ...SPEC.spec,
          store: {
            kind: 'chroma',
            collection: 'handbook',
            url: 'https://chroma.example.com',
          },
        }),
      },
      'Collection',
      'VectorStore',
      'Unknown',
      /outside the cluster/,
    ],
    [
      'a model outside',
      {
        spec: ragSpecOf({
          ...SPEC.spec,
          llm: { ...SPEC.spec.llm, url: 'https://api.example.com/v1' },
        }),
      },
      'service',
      'LanguageModel',
      'Unknown',
      /outside the cluster/,
    ],
    [
      'another engine at the address',
      {
        spec: ragSpecOf({
          ...SPEC.spec,
          store: {
            kind: 'milvus',
            collection: 'handbook',
            url: 'http://chroma:8000',
          },
        }),
      },
      'Collection',
      'VectorStore',
      'Broken',
      /is chroma, and the service speaks to milvus/,
    ],
    [
      'an address in a Secret',
      {
        spec: ragSpecOf({
          ...SPEC.spec,
          store: {
            kind: 'pgvector',
            collection: 'handbook',
            urlSecret: { name: 'db', key: 'uri' },
          },
        }),
      },
      'Collection',
      'VectorStore',
      'Unknown',
      /lies in a Secret/,
    ],
    [
      'a store that is not seen, and its collection',
      { others: [] },
      'EmbeddingModel',
      'Collection',
      'Unknown',
      /was not seen/,
    ],
  ])('%s: says so on the edge', (_, options, from, to, state, said) => {
    const item = lineage(options);
    expect(edge(item, from, to)).toMatchObject({
      state,
      reason: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
      message: expect.stringMatching(said),
    });
    expect(item.state).not.toBe('Whole');
  });

  it('says that a store is down', () => {
    const item = lineage({
      readings: {
        checks: [
          {
            name: 'Reachable',
            outcome: 'Fail',
            impact: 'Down',
            reason: 'Refused',
            message: 'connection refused',
          },
        ],
        collections: [],
      },
    });
    expect(edge(item, 'Collection', 'VectorStore')).toMatchObject({
      state: 'Broken',
      reason: 'StoreDown',
    });
  });

  it('finds the PostgreSQL behind the Secret that CloudNativePG writes, and in it the table of the service', () => {
    const spec = ragSpecOf({
      ...SPEC.spec,
      store: {
        kind: 'pgvector',
        collection: 'handbook',
        urlSecret: { name: 'docs-app', key: 'uri' },
      },
    });
    const cluster = {
      kind: 'Cluster',
      metadata: {
        name: 'docs',
        namespace: 'team-a',
        uid: 'c',
        labels: { 'promptside.io/purpose': 'vector-store' },
      },
      spec: { instances: 1 },
      status: { phase: 'Cluster in healthy state', readyInstances: 1 },
    } as unknown as TestObject;
    const others = [cluster, tei, qwen(), ...DOORS];
    const table = (dimension: number) =>
      lineage({
        spec,
        others,
        // As the service of the golden path calls its table.
        readings: reading([
          { name: 'rag_chunks_handbook', dimension, indexState: 'Ready' },
        ]),
      });
    const item = table(384);
    expect(item.nodes[3].object?.name).toBe('docs');
    expect(edge(item, 'EmbeddingModel', 'Collection').state).toBe('Whole');
    expect(edge(table(768), 'EmbeddingModel', 'Collection')).toMatchObject({
      state: 'Broken',
      reason: 'DimensionMismatch',
      message:
        'The collection handbook has 768 dimensions, and the embedding model makes 384',
    });
  });

  it('does not take a table of another store for a collection', () => {
    const item = lineage({
      readings: reading([
        { name: 'rag_chunks_handbook', dimension: 384, indexState: 'Ready' },
      ]),
    });
    expect(edge(item, 'EmbeddingModel', 'Collection').reason).toBe(
      'CollectionMissing',
    );
  });

  it('says how the service itself does', () => {
    expect(lineage().service).toMatchObject({
      state: 'Ready',
      replicas: { desired: 2, ready: 2 },
    });
    expect(lineage().nodes[0].detail).toBe('2 of 2 replicas ready');
    expect(lineage({ observed: { pods: 'Unscheduled' } }).service).toEqual({
      state: 'Failed',
      stage: 'Accepted',
      reason: 'Unschedulable',
      message: expect.stringContaining('Insufficient GPUs'),
      replicas: { desired: 2, ready: 0 },
    });
  });

  it('finds a PostgreSQL that was made for the service by the name of its Service', () => {
    const spec = ragSpecOf({
      ...SPEC.spec,
      store: { ...RAG_SPECS['pgvector-and-all-of-its-own'].spec.store },
    });
    const item = lineage({ spec, others: [tei, qwen(), ...DOORS] });
    expect(item.nodes[3].object?.name).toBe('handbook-store');
  });

  it('knows nothing of a service that tells nothing, and of none at all', () => {
    const silent = deployment('handbook', {
      image: 'acme/handbook:1',
      args: [],
      labels: { 'promptside.io/purpose': 'rag' },
      annotations: { 'promptside.io/embedding-dimension': 'many' },
    });
    const ask = (name: string, cluster = 'test') =>
      deriveLineage(
        [observe([silent])],
        { cluster, namespace: 'team-a', name },
        { now: NOW },
      );
    const item = ask('handbook')!;
    expect(item.edges.map(({ state }) => state)).toEqual(
      item.edges.map(() => 'Unknown'),
    );
    expect(ask('other')).toBeUndefined();
    expect(ask('handbook', 'elsewhere')).toBeUndefined();
  });
});
