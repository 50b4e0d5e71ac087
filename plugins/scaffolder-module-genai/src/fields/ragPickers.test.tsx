import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type {
  Model,
  ModelServer,
  VectorStore,
} from '@promptside/backstage-plugin-genai-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type { ComponentProps } from 'react';
import { GenaiModelServerPicker } from './GenaiModelServerPicker';
import { GenaiVectorStorePicker } from './GenaiVectorStorePicker';
import { serverChoices, storeChoices } from './ragChoices';

const server = setupServer();
registerMswTestHooks(server);
jest.setTimeout(30_000);

const store = (changes: Partial<VectorStore>): VectorStore => ({
  cluster: 'demo',
  namespace: 'stores',
  name: 'docs',
  kind: 'StatefulSet',
  uid: 'u',
  engine: 'chroma',
  state: 'Healthy',
  evidence: [],
  replicas: { desired: 1, ready: 1 },
  persistence: 'Persistent',
  endpoint: 'docs.stores.svc:8000',
  ...changes,
});

const modelServer = (changes: Partial<ModelServer>): ModelServer => ({
  cluster: 'demo',
  namespace: 'team-chat',
  name: 'qwen',
  kind: 'Deployment',
  uid: 'q',
  runtime: 'vllm',
  state: 'Ready',
  evidence: [],
  replicas: { desired: 1, ready: 1 },
  gpus: [],
  model: { id: 'Qwen/Qwen2.5-7B-Instruct' },
  endpoint: { url: 'http://qwen.team-chat.svc:8000/v1', protocol: 'openai' },
  ...changes,
});

const TEI = modelServer({
  name: 'bge',
  runtime: 'tei',
  model: { id: 'BAAI/bge-small-en-v1.5' },
  endpoint: { url: 'http://bge.team-chat.svc:8080/v1', protocol: 'openai' },
});

const MODELS = [
  {
    id: 'BAAI/bge-small-en-v1.5',
    title: 'BGE small',
    task: 'embedding',
    contextLength: 512,
    embeddingDimension: 384,
  },
  {
    id: 'Qwen/Qwen2.5-7B-Instruct',
    title: 'Qwen 7B',
    task: 'text-generation',
    contextLength: 32768,
  },
] as Model[];

describe('choices of a vector store', () => {
  const keys = (stores: VectorStore[]) =>
    storeChoices(stores).map(({ key }) => key);

  it('are those that a service can stand on, new ones and others', () => {
    expect(
      keys([
        store({}),
        store({ name: 'far', engine: 'qdrant' }),
        store({ name: 'lost', endpoint: undefined }),
        store({ name: 'sql', engine: 'pgvector', endpoint: undefined }),
      ]),
    ).toEqual([
      'stores/docs',
      'stores/sql',
      'new chroma',
      'new pgvector',
      'new milvus',
      'other chroma',
      'other pgvector',
      'other milvus',
    ]);
  });

  it('stand for an address, or for the Secret of PostgreSQL', () => {
    const [chroma, sql] = storeChoices([
      store({ entityRef: 'resource:default/docs' }),
      store({ name: 'sql', engine: 'pgvector' }),
    ]);
    expect(chroma.value).toEqual({
      kind: 'chroma',
      url: 'http://docs.stores.svc:8000',
      namespace: 'stores',
      entityRef: 'resource:default/docs',
    });
    expect(sql.value).toEqual({
      kind: 'pgvector',
      secret: 'sql-app',
      namespace: 'stores',
    });
  });
});

describe('choices of a model server', () => {
  it('are language models with their context', () => {
    const nameless = modelServer({ model: undefined });
    expect(
      serverChoices('llm', [TEI, nameless, modelServer({})], MODELS),
    ).toEqual([
      {
        key: 'team-chat/qwen',
        label: 'Qwen/Qwen2.5-7B-Instruct: qwen in team-chat (Ready)',
        value: {
          url: 'http://qwen.team-chat.svc:8000/v1',
          model: 'Qwen/Qwen2.5-7B-Instruct',
          contextTokens: 32768,
        },
      },
      {
        key: 'new',
        label: 'Make a new model server',
        value: {
          create: true,
          engine: 'vllm',
          replicas: 1,
          contextTokens: 8192,
        },
      },
      {
        key: 'other openai',
        label: 'Another OpenAI-compatible endpoint',
        value: { api: 'openai' },
      },
    ]);
  });

  it("are embedding servers by TEI's own API, and new ones", () => {
    const [live, made] = serverChoices('embedding', [TEI], MODELS);
    expect(live.value).toEqual({
      url: 'http://bge.team-chat.svc:8080',
      api: 'tei',
      model: 'BAAI/bge-small-en-v1.5',
      dimension: 384,
      maxTokens: 512,
    });
    expect(made.value).toMatchObject({ create: true, dimension: 384 });
  });
});

/** What the scaffolder hands to a field. */
function props<P>(
  formData: object | undefined,
  onChange: jest.Mock,
  task?: string,
): P {
  return {
    formData,
    onChange,
    schema: {},
    uiSchema: task ? { 'ui:options': { task } } : {},
    idSchema: { $id: 'field' },
    formContext: { formData: { target: { cluster: 'demo' } } },
  } as unknown as P;
}

type StoreProps = ComponentProps<typeof GenaiVectorStorePicker>;
type ServerProps = ComponentProps<typeof GenaiModelServerPicker>;

const choose = async (menu: RegExp, option: RegExp) => {
  await userEvent.click(await screen.findByRole('button', { name: menu }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};

describe('GenaiVectorStorePicker', () => {
  it('gives the store that was chosen', async () => {
    server.use(
      http.get('*/api/genai/v1/vector-stores', () =>
        HttpResponse.json({ items: [store({})], totalCount: 1, clusters: [] }),
      ),
    );
    const onChange = jest.fn();
    renderInTestApp(
      <GenaiVectorStorePicker {...props<StoreProps>(undefined, onChange)} />,
    );
    await choose(/Vector store/, /docs in stores/);
    expect(onChange).toHaveBeenCalledWith({
      kind: 'chroma',
      url: 'http://docs.stores.svc:8000',
      namespace: 'stores',
    });
  });

  it('lets a store be named when none can be read', async () => {
    server.use(
      http.get('*/api/genai/v1/vector-stores', () =>
        HttpResponse.json({}, { status: 403 }),
      ),
    );
    const onChange = jest.fn();
    renderInTestApp(
      <GenaiVectorStorePicker
        {...props<StoreProps>({ kind: 'pgvector' }, onChange)}
      />,
    );
    expect(await screen.findByText(/cannot be read/)).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText(/Secret with the address/), 's');
    expect(onChange).toHaveBeenCalledWith({ kind: 'pgvector', secret: 's' });
  });
});

describe('GenaiModelServerPicker', () => {
  beforeEach(() =>
    server.use(
      http.get('*/api/genai/v1/model-servers', () =>
        HttpResponse.json({ items: [TEI], totalCount: 1, clusters: [] }),
      ),
      http.get('*/api/genai/v1/models', () => HttpResponse.json({ items: [] })),
    ),
  );

  it('fills in address and model of the server that was chosen', async () => {
    const onChange = jest.fn();
    renderInTestApp(
      <GenaiModelServerPicker
        {...props<ServerProps>(undefined, onChange, 'embedding')}
      />,
    );
    await choose(/Embedding model/, /bge in team-chat/);
    expect(onChange).toHaveBeenCalledWith({
      url: 'http://bge.team-chat.svc:8080',
      api: 'tei',
      model: 'BAAI/bge-small-en-v1.5',
    });
  });

  it('takes an address and a context that somebody types, and lets them be taken back', async () => {
    const onChange = jest.fn();
    renderInTestApp(
      <GenaiModelServerPicker
        {...props<ServerProps>({ url: 'h' }, onChange)}
      />,
    );
    await userEvent.type(await screen.findByLabelText(/Context/), '8');
    expect(onChange).toHaveBeenCalledWith({ url: 'h', contextTokens: 8 });
    await userEvent.clear(screen.getByLabelText(/Address/));
    expect(onChange).toHaveBeenLastCalledWith({});
  });

  it('asks for the key of an endpoint by a Secret alone', async () => {
    const onChange = jest.fn();
    renderInTestApp(
      <GenaiModelServerPicker
        {...props<ServerProps>({ api: 'openai' }, onChange)}
      />,
    );
    const secret = await screen.findByLabelText(/Secret with the key/);
    await userEvent.type(secret, 'k');
    expect(onChange).toHaveBeenLastCalledWith({ api: 'openai', secret: 'k' });
  });

  it('makes a new language model with the pickers of the inference path', async () => {
    server.use(
      http.get('*/api/genai/v1/models', () => HttpResponse.json({ items: [] })),
      http.get('*/api/genai/v1/engines', () =>
        HttpResponse.json({
          items: ['vllm', 'tei'].map(engine => ({
            engine,
            title: engine.toLocaleUpperCase('en'),
            tasks: ['text-generation'],
            deployedBy: 'Deployment',
            platforms: ['nvidia'],
          })),
        }),
      ),
      http.get('*/api/genai/v1/gpu-overview', () =>
        HttpResponse.json({}, { status: 403 }),
      ),
    );
    const onChange = jest.fn();
    const made = {
      create: true,
      engine: 'vllm',
      replicas: 1,
      contextTokens: 4096,
    };
    renderInTestApp(
      <GenaiModelServerPicker {...props<ServerProps>(made, onChange)} />,
    );
    expect(await screen.findByRole('radio', { name: /VLLM/ })).toBeChecked();
    expect(screen.queryByRole('radio', { name: /TEI/ })).toBeNull();
    expect(
      screen.getByRole('button', { name: /Make a new model server/ }),
    ).toBeInTheDocument();
    expect(screen.queryByLabelText('Address')).toBeNull();
    expect(screen.getByLabelText(/Model to serve/)).toBeInTheDocument();
    await userEvent.clear(screen.getByLabelText(/Context/));
    const { contextTokens: _, ...rest } = made;
    expect(onChange).toHaveBeenLastCalledWith(rest);
    await userEvent.type(screen.getByLabelText(/Hugging Face token/), 't');
    expect(onChange).toHaveBeenLastCalledWith({ ...made, tokenSecret: 't' });
  });
});
