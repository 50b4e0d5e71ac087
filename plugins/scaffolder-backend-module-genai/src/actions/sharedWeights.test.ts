import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  CURATED_MODELS,
  findModel,
} from '@promptside/backstage-plugin-genai-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  answerWell,
  CHOICE,
  planOf,
  refusal,
  ROUTES,
} from '../__testUtils__/fakeGenai';
import { runAction } from '../__testUtils__/runAction';
import { testAccess } from '../__testUtils__/testAccess';
import { createInferencePlanAction } from './inferencePlan';
import { createInferenceRenderAction } from './inferenceRender';

const server = setupServer();
registerMswTestHooks(server);
const workspace = createMockDirectory();
const { access } = testAccess();
const render = createInferenceRenderAction({
  access,
  catalog: catalogServiceMock(),
  images: {},
});

const MODEL = 'mistralai/Mistral-7B-Instruct-v0.3';
const { revision } = findModel(CURATED_MODELS, MODEL)!;
const SHARD = 'model-00001-of-00003.safetensors';
const SHA256 = 'ab'.repeat(32);

const FORM = {
  name: 'chat-llm',
  owner: 'group:default/team-search',
  model: MODEL,
  namespace: 'team-search',
  choice: {
    ...CHOICE,
    model: MODEL,
    engine: 'vllm',
    storage: { mode: 'Shared', className: 'nfs-models' },
  },
};

const made = async (change: object = {}) => {
  workspace.clear();
  const result = await runAction(
    render,
    { ...FORM, ...change },
    { workspacePath: workspace.path },
  );
  const text = readFileSync(join(workspace.path, 'inference.yaml'), 'utf8');
  return { ...result, spec: parse(text).spec };
};

/** What the hub says of the model, and what it was asked. */
function hubSays(answer: object) {
  const asked: string[] = [];
  server.use(
    http.get(ROUTES.lookup, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({
        id: MODEL,
        state: 'Found',
        gated: false,
        checkedAt: '2026-11-01T00:00:00Z',
        ...answer,
      });
    }),
  );
  return asked;
}

beforeEach(() => answerWell(server));

describe('weights in one volume, from a form', () => {
  it('is planned with and handed on to what renders', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post(ROUTES.plans, async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(planOf({ model: MODEL }));
      }),
    );
    const storage = { mode: 'Shared', className: 'nfs-models' };
    const plan = (input: object) =>
      runAction(
        createInferencePlanAction(access),
        { model: MODEL, ...input },
        { workspacePath: workspace.path },
      );
    const { outputs } = await plan({ storage });
    await plan({ storage: { mode: '', className: '' } });
    const { outputs: untouched } = await plan({});
    expect(asked).toEqual([
      { model: MODEL, storageMode: 'Shared', storageClassName: 'nfs-models' },
      { model: MODEL },
      { model: MODEL },
    ]);
    expect(outputs.choice).toMatchObject({ storage });
    expect(untouched.choice).not.toHaveProperty('storage');
  });

  it('gets the checksums of the pinned commit, and room for the next', async () => {
    const asked = hubSays({
      revision,
      checksums: { [SHARD]: SHA256, 'consolidated.safetensors': SHA256 },
    });
    const { spec, outputs } = await made();
    expect(asked).toEqual([
      `?id=${encodeURIComponent(MODEL)}&revision=${revision}`,
    ]);
    expect(spec.model).toMatchObject({
      revision,
      checksums: { [SHARD]: SHA256 },
    });
    expect(spec.model.checksums).not.toHaveProperty('consolidated.safetensors');
    expect(spec.storage).toEqual({
      size: '34Gi',
      storageClassName: 'nfs-models',
      mode: 'Shared',
    });
    expect(
      (outputs.manifests as { kind: string }[]).map(({ kind }) => kind),
    ).toEqual(expect.arrayContaining(['ConfigMap', 'Job', 'Deployment']));
  });

  it.each([
    [
      'the hub does not answer',
      () =>
        server.use(
          http.get(ROUTES.lookup, () =>
            refusal(503, 'ServiceUnavailableError', 'The hub is away'),
          ),
        ),
      /Checksums of .* are not known, so the download is not compared/,
    ],
    [
      'the hub speaks of another commit',
      () =>
        hubSays({ revision: 'f'.repeat(40), checksums: { [SHARD]: SHA256 } }),
      /SHA-256 of 0 files/,
    ],
  ])('goes without checksums when %s', async (_, arrange, line) => {
    arrange();
    const { spec, lines } = await made();
    expect(spec.model).not.toHaveProperty('checksums');
    expect(spec.model.revision).toBe(revision);
    expect(lines.some(each => line.test(each))).toBe(true);
  });

  it('asks the hub for nothing where each replica downloads by itself', async () => {
    const asked = hubSays({});
    const { spec } = await made({
      storage: { mode: 'PerReplica', className: 'fast' },
    });
    expect(asked).toEqual([]);
    expect(spec.storage).toEqual({ size: '17Gi', storageClassName: 'fast' });
  });

  it.each([
    [{ storage: { mode: 'Common' } }, /mode/],
    [{ modelRevision: 'main' }, /revision/],
    [{ accessMode: 'ReadWriteOnce' }, /needs ReadWriteMany/],
    [{ storageSize: '4Gi' }, /spec\.storage\.size/],
  ])('names what is wrong in %j', async (change, message) => {
    hubSays({ revision });
    await expect(made(change)).rejects.toThrow(message);
  });

  it('asks for the token Secret of a gated model', async () => {
    const model = 'meta-llama/Llama-3.1-8B-Instruct';
    const choice = { ...FORM.choice, model };
    await expect(made({ model, choice })).rejects.toThrow(
      /tokenSecret: .* is gated\. .*create a Secret with the key HF_TOKEN in namespace "team-search"/,
    );
  });
});
