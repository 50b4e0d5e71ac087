import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { openNamespace } from './__testUtils__/openNamespace';
import {
  startTemplateBackend,
  type DryRunAnswer,
  type TemplateBackend,
} from './__testUtils__/startTemplateBackend';
import { readTemplate, TEMPLATES } from './__testUtils__/templates';

jest.setTimeout(120_000);

const FOLDER = 'gpu-inference-service';
const { template, directoryContents } = readTemplate(FOLDER);

/** Values with which the path runs to its end. */
const GOOD = parse(
  readFileSync(
    path.join(TEMPLATES, FOLDER, 'examples', 'gemma-on-gitea.yaml'),
    'utf8',
  ),
);

const inNamespace = (namespace: string) => ({
  target: { cluster: 'demo', namespace },
});

let backend: TemplateBackend;

beforeAll(async () => {
  backend = await startTemplateBackend();
});

afterAll(() => backend?.stop());

/** Status and words of the answer; `done` when there was nothing to refuse. */
async function send(values: object) {
  const { status, body } = await backend.dryRun({
    template,
    values: { ...GOOD, ...values },
    directoryContents,
  });
  const said: string =
    status === 200
      ? 'done'
      : (body.error?.message ??
        body.errors.map(({ stack }: { stack: string }) => stack).join('; '));
  return { status, said, answer: body as DryRunAnswer };
}

describe('the golden path of an inference service, given what cannot work', () => {
  it('runs with the values that the cases below change', async () => {
    expect((await send({})).said).toBe('done');
  });

  it.each<[string, object, number, RegExp]>([
    ['an unknown model', { model: 'acme/none' }, 404, /model.*acme\/none/],
    [
      'a model id of 100 KB',
      { model: `a/${'b'.repeat(100_000)}` },
      400,
      /^model: /,
    ],
    [
      'an engine that cannot serve the model',
      { engine: 'llama-cpp' },
      400,
      /quantization: llama\.cpp loads GGUF files alone/,
    ],
    [
      'a MIG slice that is too small',
      {
        accelerator: {
          vendor: 'nvidia',
          resource: 'nvidia.com/mig-1g.10gb',
        },
      },
      400,
      /gpuCount: .*needs .* GiB for weights.*larger slice/,
    ],
    [
      'a GPU of which the quota allows none',
      { accelerator: { vendor: 'amd', resource: 'amd.com/gpu' } },
      400,
      /namespace: ResourceQuota team-quota .* allows no amd\.com\/gpu \(0\)/,
    ],
    [
      'a GPU that the cluster does not have',
      { accelerator: { vendor: 'nvidia', product: 'NVIDIA-B300' } },
      400,
      /product: .*no GPU "nvidia NVIDIA-B300"\. Choose one of/,
    ],
    ['no model id', { model: 'gemma' }, 400, /model: must look like/],
    ['too long a context', { contextLength: 100_000 }, 400, /contextLength: /],
    [
      'a model for which no GPU is large enough',
      { model: 'meta-llama/Llama-3.1-405B-Instruct' },
      400,
      /GPU/,
    ],
    ['more replicas than GPUs are free', { replicas: 40 }, 400, /replicas: /],
    ['65 replicas', { replicas: 65 }, 400, /replicas: .*<=64/],
    [
      'a storage class that does not exist',
      { storage: { mode: 'PerReplica', className: 'gone' } },
      400,
      /storageClassName: Cluster demo has no storage class "gone"\. Choose nfs-models or standard/,
    ],
    [
      'shared weights on volumes for one node',
      { storage: { mode: 'Shared' } },
      400,
      /storageClassName: .*standard.* makes volumes for one node.*Choose nfs-models/,
    ],
    [
      'shared weights for an engine that brings its own',
      {
        engine: 'kserve',
        storage: { mode: 'Shared', className: 'nfs-models' },
      },
      400,
      /storageMode: KServe does not read weights that a Job has downloaded/,
    ],
    [
      'an unknown storage mode',
      { storage: { mode: 'Common' } },
      400,
      /storageMode: /,
    ],
    [
      'a gated model without a token',
      { tokenSecret: undefined },
      400,
      /tokenSecret: .*is gated/,
    ],
    [
      'a name that the catalog has',
      { name: 'taken' },
      400,
      /name: .*"taken" already/,
    ],
    [
      'a name that somebody has on the cluster',
      { name: 'chat-llm', ...inNamespace('team-chat') },
      409,
      /name: .*exists already/,
    ],
    [
      'a namespace that does not exist',
      inNamespace('nowhere'),
      404,
      /namespace/,
    ],
    [
      'a namespace of another team',
      inNamespace('research-locked'),
      403,
      /namespace: .*group:default\/research/,
    ],
    [
      'a namespace in which the portal may not deploy',
      inNamespace('monitoring'),
      403,
      /monitoring\/search-helper.*onboard the namespace/,
    ],
    [
      'a cluster that is not configured',
      { target: { cluster: 'mars', namespace: 'team-search' } },
      404,
      /cluster.*mars/,
    ],
    [
      'a cluster that does not answer',
      { target: { cluster: 'unreachable', namespace: 'team-search' } },
      400,
      /unreachable/,
    ],
    ['another format', { output: 'Chart' }, 400, /instance\.output/],
    ['another way of GitOps', { delivery: 'Jenkins' }, 400, /instance\.deliv/],
    [
      'Flux where it is not installed',
      { delivery: 'Flux' },
      404,
      /GitRepository .*"demo" has no kind GitRepository.*not installed/,
    ],
    [
      'a chart of a chart',
      { output: 'Helm', engine: 'tgi-substratus' },
      400,
      /spec\.output: .* is a chart already/,
    ],
    ['no target', { target: {} }, 400, /instance\.target/],
    ['an owner that is no ref', { owner: 'team-search' }, 400, /owner: /],
    ['a long description', { description: 'x'.repeat(501) }, 400, /descript/],
  ])('refuses %s and names the field', async (_, values, status, message) => {
    const { said, status: got } = await send(values);
    expect(said).toMatch(message);
    expect({ said, status: got }).toEqual({ said, status });
  });

  it.each(['A', 'a', 'Chat', '-chat', 'chat-', '1chat', 'a_b', 'x'.repeat(53)])(
    'refuses the name %j in the form',
    async name => {
      const { said, status } = await send({ name });
      expect(status).toBe(400);
      expect(said).toMatch(/^instance\.name/);
    },
  );

  it.each(['Token', '-t', 't-', 'a_b', 'a/b', 'x'.repeat(64)])(
    'refuses the Secret name %j in the form',
    async tokenSecret => {
      const { said, status } = await send({ tokenSecret });
      expect(status).toBe(400);
      expect(said).toMatch(/^instance\.tokenSecret/);
    },
  );

  it('leaves a repository host that is not configured to a publish step, which refuses it before anything is deployed', async () => {
    const { answer } = await send({
      repoUrl: 'git.example.com?owner=a&repo=b',
    });
    const ids = answer.steps.map(({ id }) => id);
    const passedOver = answer.log
      .filter(({ body }) => /if condition was false/.test(body.message))
      .map(({ body }) => body.stepId);
    expect(passedOver).toEqual(['gitlab', 'gitea']);
    expect(ids.indexOf('github')).toBeLessThan(ids.indexOf('apply'));
  });

  it('says of a namespace without quota that nothing limits it, and goes on', async () => {
    await openNamespace(backend.cluster, {
      name: 'open-field',
      owner: 'group:default/team-search',
    });
    let sent = await send(inNamespace('open-field'));
    // until the live state has heard of it
    while (/there is no namespace/.test(sent.said)) {
      sent = await send(inNamespace('open-field'));
    }
    expect(sent.said).toBe('done');
    expect(sent.answer.log.map(({ body }) => body.message)).toContainEqual(
      expect.stringMatching(/open-field has no ResourceQuota: nothing limits/),
    );
  });

  it('says who must act when the token of the portal has expired', async () => {
    const { token } = backend.access;
    backend.access.token = 'expired';
    try {
      expect(await send({})).toMatchObject({
        status: 401,
        said: expect.stringMatching(/cluster: "demo".*renew the token/),
      });
    } finally {
      backend.access.token = token;
    }
  });
});
