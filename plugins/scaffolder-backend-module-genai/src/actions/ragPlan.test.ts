import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import type {
  RagPlan,
  RagServerPlan,
} from '@promptside/backstage-plugin-genai-common';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
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

const server = setupServer();
registerMswTestHooks(server);
const workspacePath = createMockDirectory().path;
const action = createRagPlanAction(testAccess().access);
const plan = (input: object) => runAction(action, input, { workspacePath });

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
const EMBEDDING_MODEL = FORM.embedding.model;
const OWN_LLM = { create: true, model: 'Qwen/Qwen3-8B', contextTokens: 8192 };

const serverPlan = (changes: Partial<RagServerPlan>): RagServerPlan => {
  const { clusters: _, ...made } = planOf();
  return { ...made, ...changes };
};

/** Bodies of the questions that were asked. */
const asked: unknown[] = [];

/** Makes genai-backend answer so. */
const answer = (changes: Partial<RagPlan> = {}) =>
  server.use(
    http.post(ROUTES.ragPlans, async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json({
        verdict: 'Fits',
        summary: 'Its parts go together.',
        reasons: [],
        clusters: [],
        ...changes,
      });
    }),
  );

const NOT_SEEN = {
  code: 'NotSeen',
  field: 'store.url',
  severity: 'Warning' as const,
  message: 'it cannot be seen',
};

beforeEach(() => {
  asked.length = 0;
  answer();
});

describe('genai:rag:plan', () => {
  it('runs its examples', async () => {
    for (const [, input] of exampleInputs(examples)) {
      const { outputs } = await plan(input);
      expect(outputs.verdict).toBe('Fits');
    }
    expect(asked).toHaveLength(examples.length);
  });

  it('takes the parameters of a template as they are, and asks for what a plan looks at alone', async () => {
    answer({
      reasons: [{ code: 'Outside', severity: 'Info', message: 'far away' }],
    });
    const { outputs, lines } = await plan({
      form: {
        ...FORM,
        name: 'handbook',
        embedding: { ...FORM.embedding, secret: 's' },
      },
      schedule: '0 3 * * *',
    });
    expect(outputs).toMatchObject({ verdict: 'Fits' });
    expect(lines).toEqual(expect.arrayContaining(['far away']));
    expect(asked).toEqual([{ ...FORM, schedule: '0 3 * * *' }]);
  });

  it('stops at what would not work, led by the field', async () => {
    answer({
      verdict: 'DoesNotFit',
      reasons: [
        NOT_SEEN,
        {
          code: 'CollectionMismatch',
          field: 'embedding.dimension',
          severity: 'Blocking',
          message: 'the collection has 768 dimensions',
        },
        { code: 'Outside', severity: 'Info', message: 'far away' },
      ],
    });
    const error = await plan(FORM).catch(e => e);
    expect(error.message).toBe(
      'store.url: it cannot be seen\nembedding.dimension: the collection has 768 dimensions',
    );
  });

  it('goes on with what it cannot see, unless told to stop', async () => {
    answer({ verdict: 'Unknown', reasons: [NOT_SEEN] });
    expect((await plan(FORM)).outputs.verdict).toBe('Unknown');
    await expect(plan({ ...FORM, acceptUnknown: false })).rejects.toThrow(
      /store.url: it cannot be seen/,
    );
  });

  it('hands on the hardware of the servers that are to be made', async () => {
    answer({
      embeddingPlan: serverPlan({ model: EMBEDDING_MODEL, engine: 'tei' }),
      llmPlan: serverPlan({ model: OWN_LLM.model }),
    });
    const storage = { mode: 'Shared', className: 'nfs' };
    const { outputs } = await plan({
      ...FORM,
      embedding: { ...FORM.embedding, url: '', create: true },
      llm: { ...OWN_LLM, storage },
    });
    expect(outputs.embeddingChoice).toEqual({
      ...CHOICE,
      model: EMBEDDING_MODEL,
      engine: 'tei',
    });
    expect(outputs.llmChoice).toEqual({
      ...CHOICE,
      model: OWN_LLM.model,
      engine: 'vllm',
      storage,
    });
  });

  it('hands on nothing of servers that exist', async () => {
    const { outputs } = await plan(FORM);
    expect(outputs).not.toHaveProperty('embeddingChoice');
    expect(outputs).not.toHaveProperty('llmChoice');
  });

  it('stops where a server to be made has no hardware, though unknown is accepted', async () => {
    answer({
      verdict: 'Unknown',
      summary: 'No GPU is known.',
      llmPlan: serverPlan({ verdict: 'Unknown', choice: undefined }),
    });
    await expect(plan({ ...FORM, llm: OWN_LLM })).rejects.toThrow(
      'No GPU is known.',
    );
  });

  it.each([
    ['no target', { target: undefined }, /target/],
    ['a store of another kind', { store: { kind: 'oracle' } }, /store.kind/],
    [
      'no dimension',
      { embedding: { ...FORM.embedding, dimension: undefined } },
      /embedding.dimension/,
    ],
    ['no language model', { llm: { ...FORM.llm, url: '' } }, /llm.url: must/],
    [
      'an engine that cannot answer',
      { llm: { ...OWN_LLM, engine: 'tei' } },
      /llm.engine: must be an engine that generates text/,
    ],
  ])('refuses %s without asking', async (_, changes, said) => {
    await expect(plan({ ...FORM, ...changes })).rejects.toThrow(said);
    expect(asked).toEqual([]);
  });

  it.each(REFUSALS)('tells %s %s', async (status, name, said, told) => {
    server.use(http.post(ROUTES.ragPlans, () => refusal(status, name, said)));
    await expect(plan(FORM)).rejects.toThrow(told);
  });
});
