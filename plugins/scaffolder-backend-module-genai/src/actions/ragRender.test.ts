import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { setupServer } from 'msw/node';
import { readdirSync, readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import { answerWell, CHOICE } from '../__testUtils__/fakeGenai';
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
    });
    for (const [, input] of inputs) {
      workspace.clear();
      const { outputs } = await render(input);
      expect(outputs.entityRef).toBe('component:default/handbook');
      expect(readdirSync(workspace.path).sort()).toEqual([
        'base',
        'catalog-info.yaml',
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
      /choice: give the output/,
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
