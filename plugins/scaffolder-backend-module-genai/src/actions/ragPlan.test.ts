import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  answerWell,
  CHOICE,
  planOf,
  refusal,
  REFUSALS,
  ROUTES,
} from '../__testUtils__/fakeGenai';
import { exampleInputs, runAction } from '../__testUtils__/runAction';
import { testAccess } from '../__testUtils__/testAccess';
import { createRagPlanAction } from './ragPlan';
import { examples } from './ragPlan.examples';

const BASE = 'http://portal.test/api/genai/v1';
const server = setupServer();
registerMswTestHooks(server);
const workspacePath = createMockDirectory().path;
const action = createRagPlanAction(testAccess().access);
const plan = (input: object) => runAction(action, input, { workspacePath });

const STORE = {
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
};

/** Makes the cluster hold a Chroma with one collection, and no model server. */
function answerLive(dimension = 384) {
  server.use(
    http.get(`${BASE}/namespaces`, () =>
      HttpResponse.json({
        items: [{ cluster: 'demo', name: 'team-search', quota: [] }],
        clusters: [],
      }),
    ),
    http.get(`${BASE}/vector-stores`, () =>
      HttpResponse.json({ items: [STORE], totalCount: 1, clusters: [] }),
    ),
    http.get(`${BASE}/vector-stores/demo/team-search/chroma`, () =>
      HttpResponse.json({
        item: STORE,
        health: {
          state: 'Healthy',
          checks: [],
          replicas: { desired: 1, ready: 1 },
          backup: { state: 'Unknown' },
          indexState: 'Ready',
          collections: [{ name: 'handbook', dimension, indexState: 'Ready' }],
          probe: { state: 'Answered' },
        },
        events: [],
        clusters: [],
      }),
    ),
    http.get(`${BASE}/model-servers`, () =>
      HttpResponse.json({ items: [], totalCount: 0, clusters: [] }),
    ),
  );
}

const FORM = {
  target: { cluster: 'demo', namespace: 'team-search' },
  store: {
    kind: 'chroma',
    collection: 'handbook',
    url: 'http://chroma.team-search.svc:8000',
  },
  embedding: {
    model: 'BAAI/bge-small-en-v1.5',
    dimension: 384,
    maxTokens: 512,
    url: 'https://embed.example.com',
  },
  llm: {
    url: 'https://llm.example.com/v1',
    model: 'm',
    contextTokens: 8192,
  },
};

beforeEach(() => {
  answerWell(server);
  answerLive();
});

describe('genai:rag:plan', () => {
  it('runs its examples', async () => {
    server.use(
      http.post(ROUTES.plans, () =>
        HttpResponse.json(planOf({ model: 'BAAI/bge-small-en-v1.5' })),
      ),
    );
    for (const [, input] of exampleInputs(examples)) {
      const { outputs } = await plan(input);
      expect(outputs.verdict).toMatch(/^(Fits|Tight|Unknown)$/);
    }
  });

  it('takes the parameters of a template as they are', async () => {
    const { outputs, lines } = await plan({ form: FORM });
    expect(outputs.verdict).toBe('Fits');
    expect(lines.join('\n')).toMatch(/lies outside the clusters/);
  });

  it('stops at a collection of another dimension, led by the field', async () => {
    answerLive(768);
    await expect(plan(FORM)).rejects.toThrow(
      /embedding.dimension: the collection handbook .* has 768 dimensions/,
    );
  });

  it('goes on with what it cannot see, unless told to stop', async () => {
    server.use(
      http.get(`${BASE}/vector-stores`, () =>
        refusal(403, 'NotAllowedError', 'no'),
      ),
    );
    expect((await plan(FORM)).outputs.verdict).toBe('Unknown');
    await expect(plan({ ...FORM, acceptUnknown: false })).rejects.toThrow(
      /store.url: .*cannot be seen/,
    );
  });

  it('plans the embedding server, and hands its hardware on', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post(ROUTES.plans, async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(
          planOf({ model: 'BAAI/bge-small-en-v1.5', engine: 'tei' }),
        );
      }),
    );
    const embedding = { ...FORM.embedding, url: '', create: true };
    const { outputs } = await plan({ ...FORM, embedding });
    expect(asked).toEqual([
      {
        model: 'BAAI/bge-small-en-v1.5',
        engine: 'tei',
        ...FORM.target,
        contextLength: 512,
      },
    ]);
    expect(outputs.embeddingChoice).toEqual({
      ...CHOICE,
      model: 'BAAI/bge-small-en-v1.5',
      engine: 'tei',
    });
  });

  it.each([
    ['no target', { target: undefined }, /target/],
    ['a store of another kind', { store: { kind: 'oracle' } }, /store.kind/],
    [
      'no dimension',
      { embedding: { ...FORM.embedding, dimension: undefined } },
      /embedding.dimension/,
    ],
  ])('refuses %s', async (_, changes, said) => {
    await expect(plan({ ...FORM, ...changes })).rejects.toThrow(said);
  });

  it('leaves an address that is none to the spec, which refuses it', async () => {
    const store = { ...FORM.store, url: 'http://' };
    const { outputs } = await plan({ ...FORM, store, acceptUnknown: false });
    expect(outputs.verdict).toBe('Fits');
  });

  it.each(REFUSALS)(
    'tells %s %s of the models',
    async (status, name, said, told) => {
      server.use(http.get(ROUTES.models, () => refusal(status, name, said)));
      await expect(plan(FORM)).rejects.toThrow(told);
    },
  );
});
