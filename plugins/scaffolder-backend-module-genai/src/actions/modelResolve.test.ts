import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { CURATED_MODELS } from '@promptside/backstage-plugin-genai-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  answerWell,
  refusal,
  REFUSALS,
  ROUTES,
} from '../__testUtils__/fakeGenai';
import { exampleInputs, runAction } from '../__testUtils__/runAction';
import { testAccess } from '../__testUtils__/testAccess';
import { createModelResolveAction } from './modelResolve';
import { examples } from './modelResolve.examples';

const server = setupServer();
registerMswTestHooks(server);
const workspacePath = createMockDirectory().path;
const action = createModelResolveAction(testAccess().access);
const resolve = (input: object) => runAction(action, input, { workspacePath });

const TINY = { ...CURATED_MODELS[0], id: 'acme/tiny-chat', gated: false };

const lookupIs = (answer: object) =>
  server.use(
    http.get(ROUTES.lookup, () =>
      HttpResponse.json({
        id: 'acme/tiny-chat',
        state: 'Found',
        gated: false,
        checkedAt: '2026-01-01T00:00:00Z',
        ...answer,
      }),
    ),
  );

beforeEach(() => {
  answerWell(server);
  lookupIs({ model: TINY });
});

describe('genai:model:resolve', () => {
  it.each(exampleInputs(examples))('runs its example: %s', async (_, input) => {
    const { outputs } = await resolve(input);
    expect(outputs).toMatchObject({
      id: input.model,
      model: { id: input.model },
    });
  });

  it('takes the catalog first, in whatever case the id is written', async () => {
    let asked = 0;
    server.use(
      http.get(ROUTES.lookup, () => {
        asked += 1;
        return refusal(404, 'NotFoundError', 'no');
      }),
    );
    const { outputs } = await resolve({ model: 'Google/gemma-2-9b-IT' });
    expect(outputs).toMatchObject({
      id: 'google/gemma-2-9b-it',
      source: 'Catalog',
      task: 'text-generation',
      gated: true,
      contextLength: 8192,
      quantizations: expect.arrayContaining(['none']),
    });
    expect(asked).toBe(0);
  });

  it('asks the hub for what the catalog does not have', async () => {
    const { outputs } = await resolve({ model: 'acme/tiny-chat' });
    expect(outputs).toMatchObject({
      id: 'acme/tiny-chat',
      source: 'HuggingFace',
    });
  });

  it('says what to do for a gated model', async () => {
    lookupIs({
      state: 'Gated',
      gated: true,
      reason: 'The hub shows its files only after its licence is accepted.',
      licenseStep: 'Accept the licence on its page.',
      licenseUrl: 'https://huggingface.co/acme/tiny-chat',
    });
    await expect(resolve({ model: 'acme/tiny-chat' })).rejects.toMatchObject({
      name: 'NotAllowedError',
      message:
        'model: acme/tiny-chat is gated: The hub shows its files only after its licence is accepted. Accept the licence on its page. https://huggingface.co/acme/tiny-chat',
    });
  });

  it('says why a repository tells no facts', async () => {
    lookupIs({ state: 'Unsupported', reason: 'It has no config.json.' });
    await expect(resolve({ model: 'acme/tiny-chat' })).rejects.toMatchObject({
      name: 'InputError',
      message: 'model: acme/tiny-chat: It has no config.json.',
    });
  });

  it.each([['gemma'], [''], ['a/b/c'], [`a/${'b'.repeat(100_000)}`]])(
    'names the field of a bad id and asks nobody',
    async model => {
      server.use(http.get(ROUTES.models, () => HttpResponse.error()));
      await expect(resolve({ model })).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringMatching(/^model: /),
      });
    },
  );

  it.each(REFUSALS)(
    'tells a %i of the lookup as %s',
    async (status, name, said, told) => {
      server.use(http.get(ROUTES.lookup, () => refusal(status, name, said)));
      await expect(resolve({ model: 'a/b' })).rejects.toMatchObject({
        name,
        message: expect.stringMatching(told),
      });
    },
  );
});
