import type { ChatRequest } from './chat';
import { GenaiClient } from './GenaiClient';
import { GENAI_ROUTES } from './openapi';

const BASE = 'http://portal.test/api/genai';
const discovery = {
  getBaseUrl: async (id: string) => `http://portal.test/api/${id}`,
};
const CLUSTERS = [{ name: 'demo', state: 'Live', version: 3 }];
/** Parts that a path must escape. */
const SERVER = { cluster: 'a/b', namespace: 'team', name: 'chat?x' };
const SERVER_PATH = '/v1/model-servers/a%2Fb/team/chat%3Fx';

/** A client whose backend gives one answer, and what was asked. */
function clientOf(answer: unknown, status = 200) {
  const requests: { url: string; init: RequestInit }[] = [];
  const client = new GenaiClient({
    discovery,
    fetchApi: {
      fetch: async (url, init) => {
        requests.push({ url: String(url), init: init! });
        return new Response(
          typeof answer === 'string' ? answer : JSON.stringify(answer),
          { status, headers: { 'Content-Type': 'application/json' } },
        );
      },
    },
  });
  return { client, requests };
}

const refusal = {
  error: { name: 'NotAllowedError', message: 'not for you' },
  response: { statusCode: 403 },
};

const HELLO: ChatRequest = { messages: [{ role: 'user', content: 'hello' }] };

const chunk = (content: string) =>
  `data: ${JSON.stringify({
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  })}\n\n`;

async function textOf(parts: AsyncIterable<string>) {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

/** Method, path and query that each call sends. */
const CALLS: Array<
  [string, string, (client: GenaiClient) => Promise<unknown>]
> = [
  ['GET', '/v1/clusters', c => c.getClusters()],
  ['GET', '/v1/gpu-overview', c => c.getGpuOverview()],
  [
    'GET',
    '/v1/gpu-overview?vendor=amd',
    c => c.getGpuOverview({ vendor: 'amd' }),
  ],
  ['GET', '/v1/gpu-nodes', c => c.getGpuNodes()],
  [
    'GET',
    '/v1/gpu-nodes?limit=2',
    c => c.getGpuNodes({ limit: 2, cursor: undefined }),
  ],
  ['GET', '/v1/gpu-allocations', c => c.getGpuAllocations()],
  [
    'GET',
    '/v1/gpu-allocations?kubernetesId=a%26b%3Dc',
    c => c.getGpuAllocations({ kubernetesId: 'a&b=c' }),
  ],
  ['GET', '/v1/model-servers', c => c.getModelServers()],
  ['GET', SERVER_PATH, c => c.getModelServer(SERVER)],
  ['POST', `${SERVER_PATH}/chat`, c => textOf(c.streamChat(SERVER, HELLO))],
  ['GET', '/v1/vector-stores', c => c.getVectorStores()],
  [
    'GET',
    '/v1/vector-stores/a%2Fb/team/chat%3Fx',
    c => c.getVectorStore(SERVER),
  ],
  [
    'GET',
    '/v1/vector-stores/a%2Fb/team/chat%3Fx/history',
    c => c.getVectorStoreHistory(SERVER),
  ],
  [
    'POST',
    '/v1/rag-plans',
    c =>
      c.planRag({
        target: { cluster: 'demo', namespace: 'team' },
        store: { kind: 'pgvector' },
        embedding: { model: 'a/b', dimension: 384, maxTokens: 512 },
        llm: { url: 'http://llm/v1', model: 'm', contextTokens: 8192 },
      }),
  ],
  ['GET', '/v1/lineage/a%2Fb/team/chat%3Fx', c => c.getRagLineage(SERVER)],
  ['GET', '/v1/namespaces', c => c.getNamespaces()],
  ['GET', '/v1/storage-classes', c => c.getStorageClasses()],
  ['GET', '/v1/models', c => c.getModels()],
  ['GET', '/v1/models/lookup?id=a%2Fb', c => c.lookupModel({ id: 'a/b' })],
  ['GET', '/v1/engines', c => c.getEngines()],
  ['POST', '/v1/inference-plans', c => c.planInference({ model: 'a/b' })],
  ['POST', '/v1/model-fits', c => c.getModelFits({ models: ['a/b'] })],
];

describe('GenaiClient', () => {
  it('has a call for every route of the backend but its health, and no other', () => {
    const calls = CALLS.map(([method, path]) =>
      `${method} ${path}`.replace(/\?.*/, ''),
    );
    const routes = Object.values(GENAI_ROUTES)
      .filter(({ operationId }) => operationId !== 'getHealth')
      .map(({ method, path }) =>
        `${method.toUpperCase()} ${path}`
          .replace('{cluster}', 'a%2Fb')
          .replace('{namespace}', 'team')
          .replace('{name}', 'chat%3Fx'),
      );
    expect([...new Set(calls)].sort()).toEqual(routes.sort());
  });

  it.each(CALLS)(
    'sends %s %s and passes on what the backend refuses',
    async (method, path, call) => {
      const { client, requests } = clientOf(refusal, 403);
      await expect(call(client)).rejects.toMatchObject({
        name: 'ResponseError',
        statusCode: 403,
        cause: { name: 'NotAllowedError', message: 'not for you' },
      });
      expect(requests.map(({ url }) => url)).toEqual([`${BASE}${path}`]);
      expect(requests[0].init.method ?? 'GET').toBe(method);
      expect(requests[0].init.headers).not.toHaveProperty('Authorization');
    },
  );

  it('drops fields it does not know, so that an older page works with a newer backend', async () => {
    const { client } = clientOf({
      items: CLUSTERS.map(c => ({ ...c, later: 1 })),
      later: 2,
    });
    expect(await client.getClusters()).toEqual({ items: CLUSTERS });
  });

  it('refuses an answer of another shape, naming the field', async () => {
    const { client } = clientOf({ items: [{ name: 'demo' }] });
    await expect(client.getClusters()).rejects.toThrow(/state/);
  });

  it('sends the token and the signal of its caller, and the body as JSON', async () => {
    const { client, requests } = clientOf(refusal, 403);
    const { signal } = new AbortController();
    await expect(
      client.planInference({ model: 'a/b' }, { token: 'secret', signal }),
    ).rejects.toThrow();
    expect(requests[0].init).toMatchObject({
      signal,
      body: '{"model":"a/b"}',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        Authorization: 'Bearer secret',
      },
    });
  });

  it('gives the text of a chat part by part', async () => {
    const { client, requests } = clientOf(
      `${chunk('Good ')}${chunk('day')}data: [DONE]\n\n`,
    );
    expect(await textOf(client.streamChat(SERVER, HELLO))).toBe('Good day');
    expect(requests[0].init.headers).toMatchObject({
      Accept: 'text/event-stream',
    });
  });

  it('refuses a question before any text, with what the backend says', async () => {
    const { client } = clientOf(
      {
        error: { name: 'ConflictError', message: 'chat is starting' },
        response: { statusCode: 409 },
      },
      409,
    );
    await expect(
      textOf(client.streamChat(SERVER, HELLO)),
    ).rejects.toMatchObject({
      statusCode: 409,
      cause: { name: 'ConflictError', message: 'chat is starting' },
    });
  });

  it('asks nothing before somebody reads the answer of a chat', async () => {
    const { client, requests } = clientOf('data: [DONE]\n\n');
    const answer = client.streamChat(SERVER, HELLO);
    expect(requests).toEqual([]);
    expect(await textOf(answer)).toBe('');
    expect(requests).toHaveLength(1);
    expect(requests[0].init).toMatchObject({
      method: 'POST',
      body: JSON.stringify(HELLO),
    });
  });

  it('ends a chat in the middle when its caller aborts', async () => {
    const caller = new AbortController();
    const client = new GenaiClient({
      discovery,
      fetchApi: {
        fetch: async (_url, init) =>
          new Response(
            new ReadableStream<Uint8Array>({
              start(controller) {
                controller.enqueue(new TextEncoder().encode(chunk('Good ')));
                init!.signal!.addEventListener('abort', () =>
                  controller.error(init!.signal!.reason),
                );
              },
            }),
          ),
      },
    });
    const answer = client.streamChat(SERVER, HELLO, { signal: caller.signal });
    expect(await answer.next()).toEqual({ done: false, value: 'Good ' });
    const next = answer.next();
    caller.abort();
    await expect(next).rejects.toMatchObject({ name: 'AbortError' });
    expect(await answer.next()).toEqual({ done: true, value: undefined });
  });

  it('passes on an abort before the answer', async () => {
    const client = new GenaiClient({
      discovery,
      fetchApi: {
        fetch: async (_url, init) => {
          init!.signal!.throwIfAborted();
          return new Response('{"items":[]}');
        },
      },
    });
    await expect(
      client.getClusters({ signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('names the status of an answer that is no error of Backstage', async () => {
    const { client } = clientOf('<html>Bad gateway</html>', 502);
    await expect(client.getModels()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 502,
    });
  });

  it('asks nobody where the backend cannot be found', async () => {
    const send = jest.fn();
    const client = new GenaiClient({
      discovery: {
        getBaseUrl: async () => {
          throw new Error('no such plugin');
        },
      },
      fetchApi: { fetch: send },
    });
    await expect(client.getModels()).rejects.toThrow('no such plugin');
    expect(send).not.toHaveBeenCalled();
  });

  it('leaves out of the query what is not given, and nothing else', async () => {
    const { client, requests } = clientOf(refusal, 403);
    await expect(
      client.getGpuNodes({
        cluster: 'a/b',
        vendor: undefined,
        search: '',
        free: 'false',
        limit: 1,
      }),
    ).rejects.toThrow();
    expect(requests[0].url).toBe(
      `${BASE}/v1/gpu-nodes?cluster=a%2Fb&search=&free=false&limit=1`,
    );
  });

  it('uses the global fetch where none is given', async () => {
    const global = jest
      .spyOn(globalThis, 'fetch')
      .mockResolvedValue(new Response(JSON.stringify({ items: [] })));
    expect(await new GenaiClient({ discovery }).getClusters()).toEqual({
      items: [],
    });
    expect(global).toHaveBeenCalledWith(
      `${BASE}/v1/clusters`,
      expect.anything(),
    );
    global.mockRestore();
  });
});
