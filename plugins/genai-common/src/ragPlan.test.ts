import { problemsOf } from './__testUtils__/problemsOf';
import { ragPlanRequestSchema } from './ragPlan';

/** A question of a form, with values of its language model. */
const askedOf = (llm: Record<string, unknown>) => ({
  target: { cluster: 'demo', namespace: 'team-search' },
  store: { kind: 'chroma' },
  embedding: { model: 'BAAI/bge-m3', dimension: 1024, maxTokens: 512 },
  llm: { model: 'chat', contextTokens: 8192, ...llm },
});

describe('the question of a RAG plan', () => {
  it.each([
    { url: 'http://llm/v1' },
    { create: true },
    { create: true, engine: 'sglang', accelerator: {}, replicas: 2 },
    // a form keeps what was typed before the choice changed
    { create: true, url: 'http://llm/v1' },
  ])('may be about the language model %j', llm => {
    const asked = askedOf(llm);
    expect(ragPlanRequestSchema.parse(asked)).toEqual(asked);
  });

  it.each([{}, { create: false }, { url: '' }, { url: '', create: false }])(
    'needs an address of the language model where none is made: %j',
    llm => {
      expect(problemsOf(ragPlanRequestSchema, askedOf(llm))).toEqual([
        'llm.url: must be there, unless a model server is made',
      ]);
    },
  );

  it('drops what the plan does not look at, such as names of Secrets', () => {
    const asked = askedOf({ create: true });
    expect(
      ragPlanRequestSchema.parse({
        ...asked,
        llm: { ...asked.llm, apiKeySecret: { name: 'login', key: 'token' } },
        image: 'registry.test/chat:1',
      }),
    ).toEqual(asked);
  });

  it('is not about a server of an engine that gives no text', () => {
    expect(
      problemsOf(
        ragPlanRequestSchema,
        askedOf({ create: true, engine: 'tei' }),
      ),
    ).toEqual([expect.stringMatching(/^llm\.engine: must be an engine that/)]);
  });
});
