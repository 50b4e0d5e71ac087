import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  answerWell,
  CHOICE as HARDWARE,
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
const catalog = catalogServiceMock({
  entities: [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'taken', namespace: 'default' },
    },
  ],
});
const action = createInferenceRenderAction({
  access: testAccess().access,
  catalog,
  images: {},
});
const render = (input: object) =>
  runAction(action, input, { workspacePath: workspace.path });

const MODEL = 'mistralai/Mistral-7B-Instruct-v0.3';
const CHOICE = { ...HARDWARE, model: MODEL, engine: 'vllm' };

/** Hardware of another vendor, with device files that belong to a group. */
const MI300X = {
  vendor: 'amd',
  product: 'AMD_Instinct_MI300X_OAM',
  resource: 'amd.com/gpu',
};

const FORM = {
  name: 'chat-llm',
  owner: 'group:default/team-search',
  model: MODEL,
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

const specIn = (folder: string) =>
  parse(readFileSync(join(folder, 'inference.yaml'), 'utf8')).spec;

beforeEach(() => {
  workspace.clear();
  answerWell(server);
});

describe('genai:inference:render', () => {
  it('runs its examples: a plan first, another engine, processor cores, an existing spec again', async () => {
    const inputs = exampleInputs(examples, {
      'steps.plan.output.choice': CHOICE,
      'parameters.repoUrl | repositoryGitUrl': 'https://git.acme.test/a/b.git',
      'steps.amd.output.choice': { ...CHOICE, ...MI300X, engine: 'tgi' },
    });
    expect(inputs).toHaveLength(7);
    for (const [, input] of inputs.slice(0, -1)) {
      workspace.clear();
      const made = await render(input);
      const files = filesIn(workspace.path);
      const remade = await render(inputs[inputs.length - 1][1]);
      expect(filesIn(workspace.path)).toEqual(files);
      expect(remade.outputs.manifests).toEqual(made.outputs.manifests);
      expect(remade.outputs.toApply).toEqual(made.outputs.toApply);
      expect(remade.lines).toContain('Nothing changes');
    }
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
    expect(outputs.endpoint).toBe('http://chat-llm.team-search.svc:8000/v1');
    expect(outputs.servedModel).toBe(MODEL);
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

  it('takes the queue that the plan chose, unless another is named', async () => {
    const kept = () =>
      readFileSync(workspace.resolve('inference.yaml'), 'utf8');
    const choice = { ...CHOICE, queue: 'gpus' };
    await render({ ...FORM, choice });
    expect(kept()).toMatch(/^ {4}queue: gpus$/m);
    await render({ ...FORM, choice, queue: 'batch', targetPath: 'other' });
    expect(kept()).toMatch(/^ {4}queue: gpus$/m);
    expect(
      readFileSync(workspace.resolve('other/inference.yaml'), 'utf8'),
    ).toMatch(/^ {4}queue: batch$/m);
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
    ['another engine', { engine: 'tgi' }, 'InputError', /^engine: "tgi" is/],
    [
      'a plan of another model',
      { choice: { ...CHOICE, model: 'Qwen/Qwen2.5-7B-Instruct' } },
      'InputError',
      /^model: "mistralai.* "Qwen\/Qwen2.5-7B-Instruct" that the plan/,
    ],
    ['a nameless choice', { choice: HARDWARE }, 'InputError', /^choice: give/],
    ['no such engine', { engine: 'ollama' }, 'InputError', /^engine: "ollama"/],
    [
      'latest',
      { image: 'a/b:latest' },
      'InputError',
      /engine\.image: .*latest/,
    ],
    ['a bad group', { deviceGroup: 0 }, 'InputError', /deviceGroup: /],
    ['a bad mode', { accessMode: 'RWX' }, 'InputError', /accessMode: /],
    [
      'a bad name to answer by',
      { servedName: '-' },
      'InputError',
      /servedName/,
    ],
    ['no GGUF file', { modelFile: '../x' }, 'InputError', /model\.file: /],
    [
      'half an autoscaling',
      { autoscaling: { maxReplicas: 4 } },
      'InputError',
      /autoscaling\.prometheusUrl: /,
    ],
    [
      'an exposure without a door',
      { exposure: { host: 'a.example.com', fromNamespace: 'edge' } },
      'InputError',
      /exposure: must have either gateway or ingress/,
    ],
    [
      'a plan for GPUs on processor cores',
      { cpuCores: 8, engine: 'llama-cpp' },
      'InputError',
      /^choice: is about GPUs/,
    ],
    [
      'processor cores without an engine',
      { cpuCores: 8, choice: undefined },
      'InputError',
      /^engine: is missing/,
    ],
    [
      'processor cores of an engine that needs GPUs',
      { cpuCores: 8, choice: undefined, engine: 'vllm' },
      'InputError',
      /: vLLM does not run on processor cores/,
    ],
    [
      'a context beside the one of the plan',
      { contextLength: 4096 },
      'InputError',
      /^contextLength: is the plan's/,
    ],
    [
      'a file of a model of unknown size',
      {
        model: 'a/b',
        modelFile: 'b.gguf',
        cpuCores: 8,
        choice: undefined,
        engine: 'llama-cpp',
      },
      'InputError',
      /^storageSize: is missing/,
    ],
    ['another cluster', { cluster: 'x1' }, 'InputError', /^cluster: "x1" is/],
    [
      'no cluster at all',
      { cluster: undefined, choice: { ...CHOICE, cluster: undefined } },
      'InputError',
      /^cluster: is missing/,
    ],
    [
      'a gated model without a token',
      {
        model: 'google/gemma-2-9b-it',
        choice: { ...CHOICE, model: 'google/gemma-2-9b-it' },
      },
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

  it('puts what the form gave where the spec has it', async () => {
    await render({
      ...FORM,
      image: 'registry.acme.test/vllm:v0.32.0',
      imagePullSecret: 'registry-login',
      servedName: 'chat',
      accessMode: 'ReadWriteMany',
      storageClassName: 'nfs',
      monitoringLabels: { release: 'prometheus' },
      autoscaling: {
        maxReplicas: 4,
        prometheusUrl: 'http://prometheus.monitoring.svc:9090',
      },
      exposure: {
        host: 'chat.example.com',
        fromNamespace: 'ingress',
        ingress: { className: 'nginx' },
      },
    });
    expect(specIn(workspace.path)).toMatchObject({
      engine: {
        name: 'vllm',
        image: 'registry.acme.test/vllm:v0.32.0',
        imagePullSecret: 'registry-login',
      },
      model: { servedName: 'chat' },
      storage: { accessMode: 'ReadWriteMany', storageClassName: 'nfs' },
      autoscaling: { maxReplicas: 4 },
      exposure: { host: 'chat.example.com' },
    });
    const kinds = readdirSync(workspace.resolve('base'));
    expect(kinds).toEqual(
      expect.arrayContaining(['ingress.yaml', 'scaledobject.yaml']),
    );
  });

  it('tells what to know of the engine, in the log and as an output', async () => {
    const { outputs, lines } = await render({
      ...FORM,
      engine: 'tgi',
      choice: { ...CHOICE, engine: 'tgi' },
    });
    const notice = (
      outputs.notices as { code: string; message: string }[]
    ).find(({ code }) => code === 'EngineNotice');
    expect(notice?.message).toContain('maintenance');
    expect(lines).toContain(notice?.message);
  });

  it("takes images of the adopter's table, in files and objects", async () => {
    const image = 'registry.acme.test/vllm-openai:v0.32.0';
    const mirrored = createInferenceRenderAction({
      access: testAccess().access,
      catalog,
      images: { vllm: { nvidia: image } },
    });
    const { outputs } = await runAction(mirrored, FORM, {
      workspacePath: workspace.path,
    });
    expect(
      readFileSync(workspace.resolve('base/deployment.yaml'), 'utf8'),
    ).toContain(image);
    expect(JSON.stringify(outputs.manifests)).toContain(image);
    // The spec goes on following the table.
    expect(specIn(workspace.path).engine).toEqual({ name: 'vllm' });
  });

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
