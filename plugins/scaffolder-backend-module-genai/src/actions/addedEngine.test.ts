import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createEngineRegistry,
  type AddedServingRuntime,
} from '@promptside/backstage-plugin-genai-node';
import { setupServer } from 'msw/node';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { answerWell, CHOICE } from '../__testUtils__/fakeGenai';
import { runAction } from '../__testUtils__/runAction';
import { testAccess } from '../__testUtils__/testAccess';
import { createInferenceRenderAction } from './inferenceRender';

const server = setupServer();
registerMswTestHooks(server);
const workspace = createMockDirectory();

const ACME: AddedServingRuntime = {
  title: 'Acme Serve',
  matches: ({ repository }) => repository.endsWith('acme-serve'),
  read: () => ({ port: 9000, basePath: '/v1', protocol: 'openai' }),
  engine: {
    name: 'acme/serve',
    tasks: ['text-generation'],
    quantizations: ['none'],
    images: { nvidia: 'registry.acme.example/acme-serve:4.2' },
    sizedAs: 'vllm',
    port: 9000,
    probes: { ready: '/ready', alive: '/alive' },
    run: ({ source }) => ({ args: ['--weights', source.model] }),
  },
};

const MODEL = 'mistralai/Mistral-7B-Instruct-v0.3';

const FORM = {
  name: 'chat-llm',
  owner: 'group:default/team-search',
  model: MODEL,
  namespace: 'team-search',
  choice: { ...CHOICE, model: MODEL, engine: 'acme/serve' },
};

const render = (runtimes: AddedServingRuntime[], input: object = FORM) =>
  runAction(
    createInferenceRenderAction({
      access: testAccess().access,
      catalog: catalogServiceMock({ entities: [] }),
      images: {},
      engines: createEngineRegistry(runtimes),
    }),
    input,
    { workspacePath: workspace.path },
  );

beforeEach(() => answerWell(server));

describe('an engine that a module added', () => {
  it('is rendered from the plan, and again from its own file', async () => {
    const { outputs } = await render([ACME]);
    const { endpoint, files } = outputs;
    expect(endpoint).toBe('http://chat-llm.team-search.svc:9000/v1');
    expect(files).toContain('base/deployment.yaml');
    const read = (path: string) =>
      parse(readFileSync(join(workspace.path, path), 'utf8'));
    expect(read('inference.yaml').spec.engine).toEqual({ name: 'acme/serve' });
    expect(
      read('base/deployment.yaml').spec.template.spec.containers[0],
    ).toMatchObject({
      image: 'registry.acme.example/acme-serve:4.2',
      args: ['--weights', MODEL],
    });
    const again = await render([ACME], { specPath: 'inference.yaml' });
    expect(again.outputs.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: 'inference.yaml' }),
      ]),
    );
  });

  it('is refused by name where the module is missing', async () => {
    await expect(render([])).rejects.toThrow(
      /there is no engine "acme\/serve"; known are vllm/,
    );
  });
});
