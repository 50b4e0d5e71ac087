import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import { answerWell, CHOICE, ROUTES } from '../__testUtils__/fakeGenai';
import { exampleInputs, runAction } from '../__testUtils__/runAction';
import { testAccess } from '../__testUtils__/testAccess';
import { createRagRenderAction } from './ragRender';
import { examples } from './ragRender.examples';

const server = setupServer();
registerMswTestHooks(server);
const workspace = createMockDirectory();
const action = createRagRenderAction({
  access: testAccess().access,
  catalog: catalogServiceMock({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'taken', namespace: 'default' },
      },
    ],
  }),
  images: {},
});
const render = (input: object) =>
  runAction(action, input, { workspacePath: workspace.path });

const EMBEDDING = {
  model: 'BAAI/bge-small-en-v1.5',
  dimension: 384,
  maxTokens: 512,
};
const FORM = {
  name: 'handbook',
  owner: 'group:default/team-search',
  framework: 'langchain',
  repoUrl: 'gitlab.com?owner=Acme&repo=handbook',
  target: { cluster: 'demo', namespace: 'team-search' },
  sources: ['docs'],
  store: { kind: 'chroma', url: 'http://chroma.team-search.svc:8000' },
  embedding: { ...EMBEDDING, url: 'http://bge.team-search.svc:8080' },
  llm: {
    url: 'http://qwen.team-search.svc:8000/v1',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    contextTokens: 8192,
  },
};
const TEI = {
  ...CHOICE,
  model: EMBEDDING.model,
  engine: 'tei',
  contextLength: 512,
};

const OWN_LLM = { create: true, model: 'Qwen/Qwen3-8B', contextTokens: 8192 };
const LLM_CHOICE = { ...CHOICE, model: OWN_LLM.model, engine: 'vllm' };

const CHOICE_OF_ANOTHER = {
  ...CHOICE,
  model: 'google/gemma-2-9b-it',
  engine: 'vllm',
};

const namesOf = (objects: unknown) =>
  (objects as { kind: string; metadata: { name: string } }[]).map(
    ({ kind, metadata }) => `${kind}/${metadata.name}`,
  );

const specIn = (file = 'rag.yaml') =>
  parse(readFileSync(workspace.resolve(file), 'utf8'));

beforeEach(() => {
  workspace.clear();
  answerWell(server);
});

describe('genai:rag:render', () => {
  it('runs its examples', async () => {
    const inputs = exampleInputs(examples, {
      'steps.plan.output.embeddingChoice': TEI,
      'steps.plan.output.llmChoice': LLM_CHOICE,
    });
    for (const [, input] of inputs) {
      workspace.clear();
      const { outputs } = await render(input);
      expect(outputs.entityRef).toBe('component:default/handbook');
      expect(readdirSync(workspace.path).sort()).toEqual([
        'base',
        'catalog-info.yaml',
        ...(input.delivery ? ['delivery'] : []),
        'overlays',
        'rag.yaml',
      ]);
    }
  });

  it('gives objects, endpoint and the service as its skeleton knows it', async () => {
    const { outputs } = await render({ form: { ...FORM, techdocs: true } });
    expect(outputs.endpoint).toBe('http://handbook.team-search.svc:8080');
    expect(
      (outputs.manifests as { kind: string }[]).map(({ kind }) => kind),
    ).toEqual(expect.arrayContaining(['Deployment', 'Job', 'NetworkPolicy']));
    expect(outputs.service).toMatchObject({
      name: 'handbook',
      store: { kind: 'chroma', collection: 'handbook' },
      techdocs: true,
    });
  });

  it("takes the image from the repository's registry", async () => {
    await render(FORM);
    expect(specIn().spec.image).toBe('registry.gitlab.com/acme/handbook:0.1.0');
    await render({
      ...FORM,
      repoUrl: 'github.com?owner=acme&repo=h',
      targetPath: 'a',
    });
    expect(specIn('a/rag.yaml').spec.image).toBe('ghcr.io/acme/h:0.1.0');
    await render({
      ...FORM,
      repoUrl: 'localhost:7008?owner=acme&repo=h',
      targetPath: 'b',
    });
    expect(specIn('b/rag.yaml').spec.image).toBe('localhost:7008/acme/h:0.1.0');
    for (const repoUrl of [undefined, 'github.com', 'github.com?owner=a']) {
      await expect(render({ ...FORM, repoUrl })).rejects.toThrow(/spec.image/);
    }
  });

  it('names a collection that every store takes', async () => {
    await render({ ...FORM, name: 'hr' });
    expect(specIn().spec.store.collection).toBe('hr_docs');
  });

  it('makes store, embedding server and history of its own', async () => {
    const { outputs } = await render({
      ...FORM,
      store: { kind: 'pgvector', create: true },
      embedding: { ...EMBEDDING, create: true },
      history: { mode: 'Create' },
      embeddingChoice: TEI,
      schedule: '0 3 * * *',
    });
    const names = (
      outputs.manifests as { kind: string; metadata: { name: string } }[]
    ).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names).toEqual(
      expect.arrayContaining([
        'Cluster/handbook-store',
        'Cluster/handbook-history',
        'Deployment/handbook-embed',
        'CronJob/handbook-ingest',
      ]),
    );
    expect(specIn().spec.store.create).toEqual({ replicas: 3, size: '20Gi' });
  });

  it('makes a language model of its own, as the inference path does', async () => {
    const { outputs } = await render({
      ...FORM,
      llm: { ...OWN_LLM, replicas: 2, maxAnswerTokens: 512, secret: 'left' },
      llmChoice: { ...LLM_CHOICE, contextLength: 4096, queue: 'gpus' },
    });
    expect(specIn().spec.llm).toEqual({
      model: OWN_LLM.model,
      contextTokens: 4096,
      maxAnswerTokens: 512,
      create: {
        engine: { name: 'vllm' },
        model: { id: OWN_LLM.model, revision: expect.any(String) },
        queue: 'gpus',
        accelerator: {
          vendor: 'nvidia',
          resource: 'nvidia.com/gpu',
          count: 1,
          product: CHOICE.product,
        },
        replicas: 2,
        storage: { size: expect.stringMatching(/^[0-9]+Gi$/) },
      },
    });
    expect(namesOf(outputs.manifests)).toEqual(
      expect.arrayContaining([
        'Deployment/handbook-llm',
        'Service/handbook-llm',
        'NetworkPolicy/handbook-llm',
      ]),
    );
    expect(outputs.service).toMatchObject({
      llm: {
        url: 'http://handbook-llm.team-search.svc:8000/v1',
        model: OWN_LLM.model,
      },
    });
    const entities = parseAllDocuments(
      readFileSync(workspace.resolve('catalog-info.yaml'), 'utf8'),
    ).map(document => document.toJS());
    expect(entities[0].spec.dependsOn).toContain(
      'component:default/handbook-llm',
    );
    const again = await render({ specPath: 'rag.yaml' });
    expect(again.outputs.manifests).toEqual(outputs.manifests);
  });

  it('keeps what the hub says of shared weights, so that their Job compares', async () => {
    const sha256 = 'a'.repeat(64);
    server.use(
      http.get(ROUTES.lookup, ({ request }) => {
        const { searchParams } = new URL(request.url);
        return HttpResponse.json({
          id: searchParams.get('id'),
          revision: searchParams.get('revision'),
          state: 'Found',
          gated: false,
          checkedAt: '2026-11-01T00:00:00Z',
          checksums: { 'model-00001-of-00002.safetensors': sha256 },
        });
      }),
    );
    const { outputs } = await render({
      ...FORM,
      llm: OWN_LLM,
      llmChoice: {
        ...LLM_CHOICE,
        storage: { mode: 'Shared', className: 'nfs' },
      },
    });
    const { create } = specIn().spec.llm;
    expect(create.storage).toMatchObject({
      mode: 'Shared',
      storageClassName: 'nfs',
    });
    expect(create.model.checksums).toEqual({
      'model-00001-of-00002.safetensors': sha256,
    });
    expect(namesOf(outputs.manifests).join()).toMatch(/Job\/handbook-llm-/);
  });

  it('leaves the cluster to Flux or Argo CD, which find the overlay in the folder', async () => {
    const { outputs } = await render({
      ...FORM,
      targetPath: 'deploy',
      delivery: 'ArgoCD',
      gitUrl: 'https://gitlab.com/acme/handbook.git',
    });
    expect(namesOf(outputs.toApply)).toEqual(['Application/handbook']);
    expect(namesOf(outputs.manifests)).toEqual(
      expect.arrayContaining(['Deployment/handbook', 'Application/handbook']),
    );
    const { spec } = specIn('deploy/delivery/argo-application.yaml');
    expect(spec.source).toEqual({
      repoURL: 'https://gitlab.com/acme/handbook.git',
      targetRevision: 'main',
      path: 'deploy/overlays/demo',
    });
    const direct = await render({ ...FORM, delivery: 'None' });
    expect(direct.outputs.toApply).toEqual(direct.outputs.manifests);
  });

  it('tells what an edited spec takes away', async () => {
    await render({ ...FORM, schedule: '0 3 * * *' });
    const file = workspace.resolve('rag.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/ +schedule: .*\n/, ''));
    const { outputs } = await render({ specPath: 'rag.yaml' });
    expect(outputs.removed).toEqual(['base/cronjob.yaml']);
    expect(outputs.changes).toContainEqual({
      path: 'base/cronjob.yaml',
      change: 'Removed',
    });
    expect((await render(FORM)).outputs.removed).toEqual([]);
  });

  it('reads Secrets as name or name/key, and writes no address of PostgreSQL', async () => {
    await render({
      ...FORM,
      store: {
        kind: 'pgvector',
        url: 'postgresql://me:secret@db/x',
        secret: 'vectors',
      },
      llm: { ...FORM.llm, secret: 'llm/token' },
      history: { mode: 'Existing', secret: 'history' },
      apiKeySecret: 'callers',
      monitoringLabels: { release: 'prometheus' },
    });
    const { spec } = specIn();
    expect(spec.store.urlSecret).toEqual({ name: 'vectors', key: 'uri' });
    expect(spec.llm.apiKeySecret).toEqual({ name: 'llm', key: 'token' });
    expect(spec.history.urlSecret).toEqual({ name: 'history', key: 'uri' });
    expect(spec.apiKeySecret).toEqual({ name: 'callers', key: 'api-key' });
    expect(readFileSync(workspace.resolve('rag.yaml'), 'utf8')).not.toContain(
      'me:secret',
    );
  });

  it('writes text with metacharacters so that it is read back as it was', async () => {
    const description = '"]}: #\n---\nkind: Secret\n${{ x }} \'; DROP TABLE';
    await render({ ...FORM, description });
    expect(specIn().metadata.description).toBe(description);
    const documents = parseAllDocuments(
      readFileSync(workspace.resolve('catalog-info.yaml'), 'utf8'),
    );
    expect(documents.map(document => document.toJS().kind)).toEqual([
      'Component',
      'API',
    ]);
  });

  it('renders an edited spec again, and leaves the entities alone', async () => {
    await render(FORM);
    const { outputs } = await render({ specPath: 'rag.yaml' });
    expect(outputs.files).not.toContain('catalog-info.yaml');
    await expect(
      render({ specPath: 'rag.yaml', name: 'other' }),
    ).rejects.toThrow(/name: edit it in rag.yaml/);
    await expect(render({ specPath: 'none.yaml' })).rejects.toThrow(
      /"none.yaml" does not exist/,
    );
    await expect(render({ specPath: '../rag.yaml' })).rejects.toThrow(
      /outside/,
    );
  });

  it.each<[string, object, RegExp]>([
    ['a name that the catalog has', { name: 'taken' }, /"taken" already/],
    ['no framework', { framework: '' }, /framework: is missing/],
    [
      'no Secret of PostgreSQL',
      { store: { kind: 'pgvector' } },
      /store.secret: is missing/,
    ],
    [
      'SQL as collection',
      { store: { ...FORM.store, collection: 'x"; DROP' } },
      /spec.store.collection/,
    ],
    ['YAML as name', { name: 'a: {' }, /metadata.name/],
    ['an owner that is none', { owner: 'me' }, /metadata.owner/],
    [
      'a server of its own without a plan',
      { embedding: { ...EMBEDDING, create: true } },
      /embeddingChoice: give the output "embeddingChoice" of a step genai:rag:plan/,
    ],
    [
      'a language model of its own without a plan',
      { llm: OWN_LLM },
      /llmChoice: give the output "llmChoice"/,
    ],
    [
      'the plan of another model',
      { llm: OWN_LLM, llmChoice: CHOICE_OF_ANOTHER },
      /"Qwen\/Qwen3-8B" is not the model "google\/gemma-2-9b-it"/,
    ],
    [
      'a gated language model without a token',
      {
        llm: { ...OWN_LLM, model: 'google/gemma-2-9b-it' },
        llmChoice: CHOICE_OF_ANOTHER,
      },
      /llm.tokenSecret: google\/gemma-2-9b-it is gated/,
    ],
    ['a delivery from nowhere', { delivery: 'Flux' }, /repoUrl: is missing/],
    [
      'an hour that no day has',
      { schedule: '0 25 * * *' },
      /schedule: "0 25 \* \* \*" never comes/,
    ],
    [
      'chunks that the embedding model does not read',
      { retrieval: { chunkTokens: 600 } },
      /retrieval.chunkTokens: chunks of 600 tokens are longer/,
    ],
    ['a source with a line break', { sources: ['a\nb'] }, /sources/],
    [
      'more dimensions than the model has',
      { embedding: { ...FORM.embedding, dimension: 400 } },
      /makes vectors of 384/,
    ],
  ])('refuses %s', async (_, changes, said) => {
    await expect(render({ ...FORM, ...changes })).rejects.toThrow(said);
    expect(readdirSync(workspace.path)).toEqual([]);
  });
});
