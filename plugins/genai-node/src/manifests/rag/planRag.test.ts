import type {
  ModelServer,
  RagPlanRequest,
  RagServerPlan,
  VectorStore,
} from '@promptside/backstage-plugin-genai-common';
import { CURATED_MODELS, findModel } from '../../models';
import { planRag, type RagPlanFacts } from './planRag';
import { ragSpecOf } from './__testUtils__/ragSpecs';

const { store, embedding, target } = ragSpecOf().spec;
const LLM_URL = 'http://qwen.team-chat.svc:8000/v1';
const llm = {
  url: LLM_URL,
  model: 'Qwen/Qwen2.5-7B-Instruct',
  contextTokens: 8192,
};
const ASKED: RagPlanRequest = {
  target,
  store: { kind: 'chroma', collection: 'handbook', url: store.url },
  embedding: { ...embedding, create: undefined },
  llm,
};

const serverAt = (
  url: string,
  model: string,
  changes: Partial<ModelServer> = {},
): ModelServer => ({
  cluster: 'demo',
  namespace: 'team-search',
  name: 'server',
  kind: 'Deployment',
  uid: url,
  runtime: 'vllm',
  state: 'Ready',
  evidence: [],
  replicas: { desired: 1, ready: 1 },
  gpus: [],
  endpoint: { url, protocol: 'openai' },
  model: { id: model },
  ...changes,
});

const storeAt = (changes: Partial<VectorStore> = {}): VectorStore => ({
  cluster: 'demo',
  namespace: 'team-search',
  name: 'chroma',
  kind: 'StatefulSet',
  uid: 's',
  engine: 'chroma',
  state: 'Healthy',
  evidence: [],
  replicas: { desired: 1, ready: 1 },
  persistence: 'Persistent',
  endpoint: 'chroma.team-search.svc:8000',
  ...changes,
});

const FACTS: RagPlanFacts = {
  model: findModel(CURATED_MODELS, embedding.model),
  namespaces: ['team-search'],
  stores: [storeAt()],
  collections: [{ name: 'handbook', dimension: 384, indexState: 'Ready' }],
  servers: [
    serverAt('http://bge.team-search.svc:8080', embedding.model),
    serverAt('http://qwen.team-chat.svc:8000/v1', llm.model),
  ],
};

const planOf = (
  verdict: RagServerPlan['verdict'],
  ...reasons: RagServerPlan['reasons']
): RagServerPlan => ({
  model: 'm',
  engine: 'vllm',
  verdict,
  summary: 'so',
  reasons,
  alternatives: [],
  quota: [],
  replicas: 1,
});

const plan = (
  asked: Partial<RagPlanRequest> = {},
  facts: Partial<RagPlanFacts> = {},
) => planRag({ ...ASKED, ...asked }, { ...FACTS, ...facts });

describe('the plan of a RAG service', () => {
  it('fits when everything was seen and goes together', () => {
    expect(plan()).toEqual({
      verdict: 'Fits',
      summary: 'Its parts go together, and those that exist were seen.',
      reasons: [],
    });
  });

  it.each<
    [string, Partial<RagPlanRequest>, Partial<RagPlanFacts>, string, RegExp]
  >([
    [
      'no such namespace',
      {},
      { namespaces: [] },
      'DoesNotFit',
      /no namespace "team-search"/,
    ],
    [
      'namespaces unseen',
      {},
      { namespaces: undefined },
      'Unknown',
      /cannot be seen/,
    ],
    [
      'a collection of another dimension',
      {},
      {
        collections: [
          { name: 'handbook', dimension: 768, indexState: 'Ready' },
        ],
      },
      'DoesNotFit',
      /handbook of team-search\/chroma has 768 dimensions/,
    ],
    [
      'a collection of another model',
      {},
      {
        collections: [
          { name: 'handbook', embeddingModel: 'a/b', indexState: 'Ready' },
        ],
      },
      'DoesNotFit',
      /made with a\/b/,
    ],
    [
      'another engine at the address',
      {},
      { stores: [storeAt({ engine: 'qdrant' })] },
      'DoesNotFit',
      /is qdrant, not chroma/,
    ],
    [
      'a store that is down',
      {},
      { stores: [storeAt({ state: 'Down', message: 'no pod' })] },
      'Tight',
      /is down: no pod/,
    ],
    [
      'a store that is down for no known reason',
      {},
      { stores: [storeAt({ state: 'Down' })] },
      'Tight',
      /chroma is down$/,
    ],
    [
      'a store that is not there',
      {},
      { stores: [] },
      'Unknown',
      /nothing that runs/,
    ],
    ['stores unseen', {}, { stores: undefined }, 'Unknown', /cannot be seen/],
    [
      'a server that starts',
      {},
      {
        servers: [
          FACTS.servers![0],
          serverAt(llm.url, llm.model, { state: 'Starting', message: 'loads' }),
        ],
      },
      'Tight',
      /is Starting: loads/,
    ],
    [
      'a server that failed silently',
      {},
      {
        servers: [
          FACTS.servers![0],
          serverAt(llm.url, llm.model, { state: 'Failed' }),
        ],
      },
      'Tight',
      /is Failed$/,
    ],
    [
      'a server of another model',
      {},
      { servers: [FACTS.servers![0], serverAt(llm.url, 'x/y')] },
      'Tight',
      /serves x\/y/,
    ],
    [
      'another dimension than the model has',
      { embedding: { ...embedding, create: undefined, dimension: 512 } },
      { collections: undefined },
      'DoesNotFit',
      /makes vectors of 384 dimensions/,
    ],
    [
      'more tokens than the model reads',
      { embedding: { ...embedding, create: undefined, maxTokens: 1024 } },
      {},
      'DoesNotFit',
      /reads 512 tokens/,
    ],
    [
      'chunks longer than the model reads',
      { retrieval: { chunkTokens: 600 } },
      {},
      'DoesNotFit',
      /chunks of 600 tokens/,
    ],
    [
      'passages longer than the context',
      { retrieval: { topK: 100 } },
      {},
      'DoesNotFit',
      /need about/,
    ],
    [
      'an answer of more than half the context',
      { llm: { ...llm, maxAnswerTokens: 5000 } },
      {},
      'DoesNotFit',
      /must leave half/,
    ],
    [
      'a long memory',
      {
        llm: { ...llm, contextTokens: 4096 },
        history: { mode: 'Existing', messages: 50 },
      },
      {},
      'Tight',
      /oldest are forgotten/,
    ],
    [
      'a memory of usual length',
      { llm: { ...llm, contextTokens: 4096 }, history: { mode: 'Create' } },
      {},
      'Tight',
      /last 10 messages/,
    ],
    [
      'PostgreSQL of one instance',
      { history: { mode: 'Create', instances: 1 } },
      {},
      'Tight',
      /one instance/,
    ],
    [
      '4,001 dimensions on pgvector',
      {
        store: { kind: 'pgvector' },
        embedding: { ...embedding, create: undefined, dimension: 4001 },
      },
      { model: undefined },
      'DoesNotFit',
      /pgvector indexes at most 4,000/,
    ],
    [
      'two Chromas',
      { store: { kind: 'chroma', create: true, replicas: 2 } },
      {},
      'DoesNotFit',
      /does not replicate/,
    ],
    [
      'one PostgreSQL',
      { store: { kind: 'pgvector', create: true, replicas: 1 } },
      {},
      'Tight',
      /one instance/,
    ],
    [
      'chunks that share more than half',
      { retrieval: { chunkTokens: 200, chunkOverlapTokens: 101 } },
      {},
      'DoesNotFit',
      /chunks of 200 tokens may share half of that at most, not 101/,
    ],
    [
      'an hour that no day has',
      { schedule: '0 25 * * *' },
      {},
      'DoesNotFit',
      /"0 25 \* \* \*" never comes/,
    ],
    [
      'the thirtieth of February',
      { schedule: '0 3 30 2 *' },
      {},
      'DoesNotFit',
      /never comes/,
    ],
    ['every night', { schedule: '0 3 * * *' }, {}, 'Fits', /^$/],
    [
      'a made language model that takes the last GPU',
      { llm: { ...llm, url: undefined, create: true } },
      {
        llmPlan: planOf('Tight', {
          code: 'LastGpus',
          severity: 'Warning',
          message: 'it takes the last GPU',
        }),
      },
      'Tight',
      /it takes the last GPU/,
    ],
    [
      'a made language model of which a number is missing',
      { llm: { ...llm, url: undefined, create: true } },
      { llmPlan: planOf('Unknown') },
      'Unknown',
      /^$/,
    ],
    [
      'a made server for which there is no GPU',
      { embedding: { ...embedding, create: true } },
      {
        embeddingPlan: planOf('DoesNotFit', {
          code: 'NoFreeGpus',
          severity: 'Blocking',
          message: 'no GPU is free',
        }),
      },
      'DoesNotFit',
      /no GPU is free/,
    ],
  ])('%s: says so', (_, asked, facts, verdict, said) => {
    const made = plan(asked, facts);
    expect(made.verdict).toBe(verdict);
    expect(made.reasons.map(({ message }) => message).join('\n')).toMatch(said);
    expect(made.summary).not.toBe('');
  });

  it('hands on the plans of the servers to be made, and leads their reasons by the part', () => {
    const llmPlan = planOf('Fits', {
      code: 'Fits',
      field: 'product',
      severity: 'Info',
      message: 'it fits',
    });
    const made = plan(
      { llm: { ...llm, url: undefined, create: true } },
      { llmPlan },
    );
    expect(made.llmPlan).toBe(llmPlan);
    expect(made.reasons).toEqual([
      { code: 'Fits', field: 'llm', severity: 'Info', message: 'it fits' },
    ]);
    expect(made).not.toHaveProperty('embeddingPlan');
  });

  it('knows nothing of what lies outside, and does not hold that against it', () => {
    const made = plan({
      store: { kind: 'milvus', url: 'https://milvus.example.com' },
      llm: { ...llm, url: 'https://api.example.com/v1' },
    });
    expect(made.verdict).toBe('Fits');
    expect(made.reasons.map(({ code }) => code)).toEqual([
      'Outside',
      'Outside',
    ]);
  });

  it('says nothing of an address that is none; the spec refuses it', () => {
    expect(plan({ store: { kind: 'chroma', url: 'http://' } }).verdict).toBe(
      'Fits',
    );
  });

  it('keeps 2,001 to 4,000 dimensions in half precision on pgvector', () => {
    const made = plan(
      {
        store: { kind: 'pgvector' },
        embedding: { ...embedding, create: undefined, dimension: 3072 },
      },
      { model: undefined },
    );
    expect(made.verdict).toBe('Fits');
    expect(made.reasons[0].message).toMatch(/halfvec/);
  });
});
