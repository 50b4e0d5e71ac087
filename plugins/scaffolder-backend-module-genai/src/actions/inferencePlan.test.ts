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
import { createInferencePlanAction } from './inferencePlan';
import { examples } from './inferencePlan.examples';

const server = setupServer();
registerMswTestHooks(server);
const workspacePath = createMockDirectory().path;
const action = createInferencePlanAction(testAccess().access);
const plan = (input: object) => runAction(action, input, { workspacePath });

beforeEach(() => answerWell(server));

const answerPlan = (changes: Parameters<typeof planOf>[0]) =>
  server.use(http.post(ROUTES.plans, () => HttpResponse.json(planOf(changes))));

describe('genai:inference:plan', () => {
  it('takes target and GPU as the fields of forms give them, also when nothing was chosen', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post(ROUTES.plans, async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(planOf({}));
      }),
    );
    const model = 'google/gemma-2-9b-it';
    const target = { cluster: 'demo', namespace: 'team-search' };
    const accelerator = { vendor: 'amd', resource: 'amd.com/gpu' };
    await plan({ model, target, accelerator });
    await plan({ model, target, accelerator: {}, namespace: 'team-chat' });
    expect(asked).toEqual([
      { model, ...target, ...accelerator },
      { model, ...target, namespace: 'team-chat' },
    ]);
  });

  it.each(exampleInputs(examples))('runs its example: %s', async (_, input) => {
    const { outputs } = await plan(input);
    expect(outputs).toMatchObject({
      verdict: 'Fits',
      summary: 'It runs on 1 GPU.',
      choice: { ...CHOICE, model: 'google/gemma-2-9b-it', engine: 'vllm' },
    });
  });

  it('plans for the engine that was asked for, and the choice names it', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post(ROUTES.plans, async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(planOf({ engine: 'tgi' }));
      }),
    );
    const { outputs } = await plan({
      model: 'google/gemma-2-9b-it',
      engine: 'tgi',
    });
    expect(asked).toEqual([{ model: 'google/gemma-2-9b-it', engine: 'tgi' }]);
    expect(outputs.choice).toMatchObject({ engine: 'tgi' });
  });

  it('asks on behalf of the person, with what the form gave and nothing that it left empty', async () => {
    let asked: { body: unknown; authorization: string | null } | undefined;
    server.use(
      http.post(ROUTES.plans, async ({ request }) => {
        asked = {
          body: await request.json(),
          authorization: request.headers.get('authorization'),
        };
        return HttpResponse.json(planOf());
      }),
    );
    await plan({
      model: 'google/gemma-2-9b-it',
      namespace: '',
      replicas: 2,
      acceptUnknown: true,
    });
    expect(asked?.body).toEqual({ model: 'google/gemma-2-9b-it', replicas: 2 });
    expect(asked?.authorization).toContain('user:default/mock');
  });

  it.each<[string, object, RegExp]>([
    ['model', { model: 'gemma' }, /model: must look like/],
    ['model', { model: '' }, /model: /],
    ['engine', { engine: 'ollama' }, /engine: .*vllm/],
    ['cluster', { cluster: '-x' }, /cluster: /],
    ['namespace', { namespace: 'Team_A' }, /namespace: must be lower-case/],
    ['contextLength', { contextLength: -1 }, /contextLength: /],
    ['replicas', { replicas: 65 }, /replicas: /],
  ])('names the field %s in %j and asks nobody', async (_, wrong, message) => {
    let asked = 0;
    server.use(
      http.post(ROUTES.plans, () => {
        asked += 1;
        return HttpResponse.json(planOf());
      }),
    );
    await expect(
      plan({ model: 'google/gemma-2-9b-it', ...wrong }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
    expect(asked).toBe(0);
  });

  it('names the field of a refusal once, also where its reason is the summary', async () => {
    const message = 'Gemma 2 9B knows contexts of at most 8,192 tokens.';
    answerPlan({
      verdict: 'DoesNotFit',
      summary: message,
      reasons: [
        {
          code: 'ContextTooLong',
          field: 'contextLength',
          severity: 'Blocking',
          message,
        },
        {
          code: 'QuotaExceeded',
          field: 'namespace',
          severity: 'Blocking',
          message: 'Quota gpus has 0 left.',
        },
        { code: 'Note', severity: 'Info', message: 'Weights: 18 GB' },
      ],
      alternatives: [{ ...CHOICE, contextLength: 4096 }],
    });
    await expect(plan({ model: 'google/gemma-2-9b-it' })).rejects.toThrow(
      [
        `contextLength: ${message}`,
        'namespace: Quota gpus has 0 left.',
        'What fits now: 1 x NVIDIA-H100-80GB-HBM3, 4096 tokens',
      ].join('\n'),
    );
  });

  it('stops at an unknown verdict unless told to go on', async () => {
    answerPlan({ verdict: 'Unknown', summary: 'The nodes could not be read.' });
    const input = { model: 'google/gemma-2-9b-it' };
    await expect(plan(input)).rejects.toThrow('The nodes could not be read.');
    const { outputs } = await plan({ ...input, acceptUnknown: true });
    expect(outputs.verdict).toBe('Unknown');
  });

  it('stops without a choice, whatever the verdict', async () => {
    answerPlan({ choice: undefined, summary: 'No GPU is known.' });
    await expect(
      plan({ model: 'google/gemma-2-9b-it', acceptUnknown: true }),
    ).rejects.toThrow('No GPU is known.');
  });

  it.each(REFUSALS)(
    'tells a %i of genai-backend as %s',
    async (status, name, said, told) => {
      server.use(http.post(ROUTES.plans, () => refusal(status, name, said)));
      await expect(plan({ model: 'a/b' })).rejects.toMatchObject({
        name,
        message: expect.stringMatching(told),
      });
    },
  );

  it('says that genai-backend speaks another version', async () => {
    server.use(http.post(ROUTES.plans, () => HttpResponse.json({ items: [] })));
    await expect(plan({ model: 'a/b' })).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('does not understand'),
    });
  });

  it('says that genai-backend cannot be reached', async () => {
    server.use(http.post(ROUTES.plans, () => HttpResponse.error()));
    await expect(plan({ model: 'a/b' })).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('The plan was not made: '),
    });
  });
});
