import path from 'node:path';
import { readTemplate } from '../src/__testUtils__/templates';
import {
  startTemplateBackend,
  type DryRunAnswer,
  type TemplateBackend,
} from '../src/__testUtils__/startTemplateBackend';
import { writeTree } from '../src/__testUtils__/textFiles';

// Not part of npm test: `npm run test:services` runs it, and then runs what it wrote (scripts/lanes/test-services.mjs).
jest.setTimeout(120_000);

const FRAMEWORKS = ['langchain', 'llama-index', 'langchain-js'];
const STORES = ['chroma', 'pgvector', 'milvus'];

const { template, directoryContents } = readTemplate('rag-service');
let backend: TemplateBackend;

beforeAll(async () => {
  backend = await startTemplateBackend();
});

afterAll(() => backend?.stop());

/** What a developer fills in; the addresses are replaced by the lane when it runs the service. */
const valuesFor = (framework: string, kind: string) => ({
  name: 'handbook',
  description: 'Answers questions about "our" handbook: it\'s {all} #1',
  owner: 'group:default/team-search',
  framework,
  sources: ['docs'],
  target: { cluster: 'demo', namespace: 'team-search' },
  store: {
    kind,
    url: 'http://store.team-search.svc:8000',
    secret: 'store-app',
  },
  embedding: {
    url: 'http://tei.team-search.svc:8080',
    api: 'tei',
    model: 'promptside/words-768',
    dimension: 768,
    maxTokens: 512,
  },
  llm: {
    url: 'http://llm.team-search.svc:8000/v1',
    model: 'promptside/quoting',
    contextTokens: 8192,
  },
  repoUrl: 'localhost:7008?owner=team-search&repo=handbook',
  techdocs: true,
});

it.each(FRAMEWORKS.flatMap(f => STORES.map(s => [f, s])))(
  'generates a service of %s with %s',
  async (framework, store) => {
    const { status, body } = await backend.dryRun({
      template,
      values: valuesFor(framework, store),
      directoryContents,
    });
    expect({ status, error: body.error, errors: body.errors }).toEqual({
      status: 200,
    });
    const answer: DryRunAnswer = body;
    const files = answer.directoryContents.map(file => ({
      path: file.path,
      content: Buffer.from(file.base64Content, 'base64').toString('utf8'),
    }));
    expect(files.map(file => file.path)).toEqual(
      expect.arrayContaining([
        'README.md',
        'catalog-info.yaml',
        'docs/configuration.md',
        'service.env',
      ]),
    );
    const out = process.env.PROMPTSIDE_SERVICES_DIR;
    if (!out) throw new Error('PROMPTSIDE_SERVICES_DIR must be set');
    writeTree(path.join(out, `${framework}-${store}`), files);
  },
);
