import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  answerWell,
  CHOICE,
  refusal,
  REFUSALS,
  ROUTES,
} from '../__testUtils__/fakeGenai';
import { exampleInputs, runAction } from '../__testUtils__/runAction';
import { testAccess } from '../__testUtils__/testAccess';
import { createInferenceRenderAction } from './inferenceRender';
import { examples } from './inferenceRender.examples';

const server = setupServer();
registerMswTestHooks(server);
const workspace = createMockDirectory();
const action = createInferenceRenderAction(
  testAccess().access,
  catalogServiceMock({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'taken', namespace: 'default' },
      },
    ],
  }),
);
const render = (input: object) =>
  runAction(action, input, { workspacePath: workspace.path });

const FORM = {
  name: 'chat-llm',
  owner: 'group:default/team-search',
  model: 'mistralai/Mistral-7B-Instruct-v0.3',
  cluster: 'demo',
  namespace: 'team-search',
  choice: CHOICE,
};

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(file => [file, readFileSync(file, 'utf8')]);

beforeEach(() => {
  workspace.clear();
  answerWell(server);
});

describe('genai:inference:render', () => {
  it('runs its examples: a plan first, an existing spec again', async () => {
    const inputs = exampleInputs(examples, {
      'steps.plan.output.choice': CHOICE,
    });
    expect(inputs).toHaveLength(2);
    const [first, again] = inputs;
    const made = await render(first[1]);
    const files = filesIn(workspace.path);
    const remade = await render(again[1]);
    expect(filesIn(workspace.path)).toEqual(files);
    expect(remade.outputs.manifests).toEqual(made.outputs.manifests);
  });

  it('gives objects, files, entity and what to follow', async () => {
    const { outputs } = await render(FORM);
    expect(outputs.files).toEqual(
      expect.arrayContaining(['inference.yaml', 'catalog-info.yaml']),
    );
    expect(filesIn(workspace.path)).toHaveLength(
      (outputs.files as string[]).length,
    );
    expect(outputs.entityRef).toBe('component:default/chat-llm');
    expect(outputs.modelServer).toEqual({
      namespace: 'team-search',
      name: 'chat-llm',
    });
    expect(outputs.manifests).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'Deployment',
          metadata: expect.objectContaining({
            name: 'chat-llm',
            namespace: 'team-search',
          }),
        }),
      ]),
    );
  });

  it('takes the cluster that the plan chose', async () => {
    await render({ ...FORM, cluster: undefined });
    expect(readFileSync(workspace.resolve('inference.yaml'), 'utf8')).toContain(
      'cluster: demo',
    );
  });

  it('writes below targetPath, and never outside of the workspace', async () => {
    await render({ ...FORM, targetPath: 'deploy' });
    expect(readdirSync(workspace.path)).toEqual(['deploy']);
    await expect(render({ ...FORM, targetPath: '../out' })).rejects.toThrow(
      /outside/,
    );
    await expect(render({ specPath: '../../etc/passwd' })).rejects.toThrow(
      /outside/,
    );
  });

  it.each<[string, object, string, RegExp]>([
    ['no name', { name: '' }, 'InputError', /^name: is missing/],
    ['a bad name', { name: 'Chat_1' }, 'InputError', /name: must be lower/],
    ['a reserved name', { name: 'vllm' }, 'InputError', /name: must not be/],
    ['a taken name', { name: 'taken' }, 'InputError', /^name: .*"taken"/],
    ['no owner', { owner: undefined }, 'InputError', /^owner: is missing/],
    ['a bad owner', { owner: 'me' }, 'InputError', /owner: must be a full/],
    ['no model', { model: undefined }, 'InputError', /^model: is missing/],
    ['no such model', { model: 'a/b' }, 'NotFoundError', /^model: "a\/b"/],
    ['no namespace', { namespace: undefined }, 'InputError', /^namespace: /],
    ['a bad namespace', { namespace: 'A' }, 'InputError', /namespace: must/],
    ['no choice', { choice: undefined }, 'InputError', /^choice: /],
    ['half a choice', { choice: { gpuCount: 1 } }, 'InputError', /^choice: /],
    ['another cluster', { cluster: 'x1' }, 'InputError', /^cluster: "x1" is/],
    [
      'no cluster at all',
      { cluster: undefined, choice: { ...CHOICE, cluster: undefined } },
      'InputError',
      /^cluster: is missing/,
    ],
    [
      'a gated model without a token',
      { model: 'google/gemma-2-9b-it' },
      'InputError',
      /^tokenSecret: google\/gemma-2-9b-it is gated/,
    ],
    [
      'a bad Secret name',
      { tokenSecret: 'My Secret' },
      'InputError',
      /tokenSecret.*: must be lower/,
    ],
    ['65 replicas', { replicas: 65 }, 'InputError', /replicas: /],
    ['a branch', { modelRevision: 'main' }, 'InputError', /revision: must be/],
    ['a bad size', { storageSize: 'lots' }, 'InputError', /storage\.size: /],
    ['too small a size', { storageSize: '1Gi' }, 'InputError', /storage\.size/],
    ['a bad client', { clients: ['Team A'] }, 'InputError', /clients\.0: /],
    [
      'a context beyond the model',
      { choice: { ...CHOICE, contextLength: 999_999 } },
      'InputError',
      /contextLength: /,
    ],
  ])(
    'refuses %s by field and writes nothing',
    async (_, wrong, name, message) => {
      await expect(render({ ...FORM, ...wrong })).rejects.toMatchObject({
        name,
        message: expect.stringMatching(message),
      });
      expect(filesIn(workspace.path)).toEqual([]);
    },
  );

  it('takes a spec without other values, and says where to edit them', async () => {
    await expect(
      render({ specPath: 'inference.yaml', replicas: 2 }),
    ).rejects.toThrow('replicas: edit it in inference.yaml');
    await expect(render({ specPath: 'inference.yaml' })).rejects.toThrow(
      'specPath: "inference.yaml" does not exist in the workspace',
    );
    workspace.setContent({ 'inference.yaml': 'kind: InferenceService\n' });
    await expect(render({ specPath: 'inference.yaml' })).rejects.toThrow(
      /inference\.yaml: .*metadata/,
    );
  });

  it.each(REFUSALS)(
    'tells a %i of genai-backend as %s and writes nothing',
    async (status, name, said, told) => {
      server.use(http.get(ROUTES.models, () => refusal(status, name, said)));
      await expect(render(FORM)).rejects.toMatchObject({
        name,
        message: expect.stringMatching(told),
      });
      expect(filesIn(workspace.path)).toEqual([]);
    },
  );
});
