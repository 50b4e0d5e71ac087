import { once } from 'node:events';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  GenaiClient,
  type ChatRequest,
} from '@promptside/backstage-plugin-genai-common';
import type { Request, Response } from 'express';
import { CHAT_PATH, kubernetesWithServers } from '../__testUtils__/readyServer';
import {
  startGenaiBackend,
  type GenaiTestBackend,
} from '../__testUtils__/startGenaiBackend';

const QUESTION: ChatRequest = {
  messages: [{ role: 'user', content: 'Where do you run?' }],
};
const CHAT = { cluster: 'one', namespace: 'team-a', name: 'chat' };
const pathOf = (name: string) => `/v1/model-servers/one/team-a/${name}/chat`;

const chunk = (content: string, finish: string | null = null) =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    model: 'google/gemma-2-9b-it',
    system_fingerprint: 'inner',
    choices: [{ index: 0, delta: { content }, finish_reason: finish }],
  })}\n\n`;

function begin(response: Response) {
  response.type('text/event-stream');
  response.flushHeaders();
}

const sends =
  (...parts: string[]) =>
  (_: Request, response: Response) => {
    begin(response);
    response.end(parts.join(''));
  };

describe('trying a model server', () => {
  let backend: GenaiTestBackend;
  let client: GenaiClient;
  let seen: Request[];

  const answerWith = (
    handler: (request: Request, response: Response) => void,
  ) =>
    backend.kubernetes.handlers.set(CHAT_PATH, (request, response) => {
      seen.push(request);
      handler(request, response);
    });

  const ask = async (name = 'chat', question: object = QUESTION) =>
    backend.post(pathOf(name), question);

  const listen = async (options?: { signal: AbortSignal }) => {
    const parts: string[] = [];
    for await (const part of client.streamChat(CHAT, QUESTION, options)) {
      parts.push(part);
    }
    return parts;
  };

  beforeAll(async () => {
    backend = await startGenaiBackend({ kubernetes: kubernetesWithServers() });
    await backend.untilLive();
    const { port } = backend.server.address() as { port: number };
    client = new GenaiClient({
      discovery: {
        getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      },
      fetchApi: {
        fetch: (input, init) =>
          fetch(input, {
            ...init,
            headers: {
              ...(init?.headers as Record<string, string>),
              Authorization: mockCredentials.user.header(),
            },
          }),
      },
    });
  });

  beforeEach(() => {
    seen = [];
    answerWith(
      sends(
        chunk(''),
        chunk('In'),
        chunk(' the rack', 'stop'),
        'data: [DONE]\n\n',
      ),
    );
  });

  afterAll(() => backend.stop());

  it('streams the answer', async () => {
    expect(await listen()).toEqual(['In', ' the rack']);
  });

  it('sends the messages and nothing of the caller', async () => {
    await ask('chat', { ...QUESTION, maxTokens: 20 });
    const [{ body, headers }] = seen;
    expect(body).toEqual({
      model: 'google/gemma-2-9b-it',
      messages: QUESTION.messages,
      max_tokens: 20,
      stream: true,
    });
    expect(headers).not.toHaveProperty('cookie');
    expect(headers.authorization).not.toBe(mockCredentials.user.header());
  });

  it('passes on the text alone, uncompressed', async () => {
    const { text, headers } = await ask();
    expect(headers['content-type']).toContain('text/event-stream');
    expect(headers['cache-control']).toBe('no-store, no-transform');
    expect(text).not.toContain('inner');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it.each([
    ['starting', 'Model server "starting" is Starting, not ready'],
    ['hidden', 'Model server "hidden" has no Service'],
    ['embed', 'Model server "embed" answers no chat completions'],
  ])('refuses %s with the reason', async (name, message) => {
    const { status, body } = await ask(name);
    expect(status).toBe(409);
    expect(body.error.name).toBe('ConflictError');
    expect(body.error.message).toContain(message);
    expect(seen).toEqual([]);
  });

  it('knows only what runs', async () => {
    const { status, body } = await ask('nobody');
    expect(status).toBe(404);
    expect(body.error.message).toContain('No model server "nobody"');
    const other = await backend.post(
      '/v1/model-servers/two/team-a/chat/chat',
      QUESTION,
    );
    expect(other.status).toBe(404);
  });

  const message = (content: string, role = 'user') => ({ role, content });

  it.each([
    [{}, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: Array(21).fill(message('x')) }, 'messages'],
    [{ messages: [message('')] }, 'content'],
    [{ messages: [message('x', 'tool')] }, 'role'],
    [{ messages: [message('x'.repeat(16_385))] }, 'content'],
    [{ messages: Array(2).fill(message('x'.repeat(9_000))) }, '16384 bytes'],
    [{ messages: [message('€'.repeat(6_000))] }, '16384 bytes'],
    [{ ...QUESTION, maxTokens: 0 }, 'maxTokens'],
    [{ ...QUESTION, maxTokens: 513 }, 'maxTokens'],
    [{ ...QUESTION, model: 'other' }, 'model'],
    [{ ...QUESTION, url: 'http://127.0.0.1/' }, 'url'],
  ])(
    'refuses a question that is not right (%#), by %s',
    async (body, field) => {
      const response = await ask('chat', body);
      expect(response.status).toBe(400);
      expect(response.body.error.message).toContain(field);
      expect(seen).toEqual([]);
    },
  );

  it('answers one question of a user at a time', async () => {
    const arrived = new Promise<Response>(resolve => {
      answerWith((_, response) => {
        begin(response);
        response.write(chunk('In'));
        resolve(response);
      });
    });
    const first = listen();
    const upstream = await arrived;
    const { status, body } = await ask();
    expect(status).toBe(409);
    expect(body.error.message).toContain('one at a time');
    upstream.end('data: [DONE]\n\n');
    expect(await first).toEqual(['In']);
    answerWith(sends('data: [DONE]\n\n'));
    expect((await ask()).status).toBe(200);
  });

  it('ends the question when the client leaves', async () => {
    const arrived = new Promise<Response>(resolve => {
      answerWith((_, response) => {
        begin(response);
        response.write(chunk('In'));
        resolve(response);
      });
    });
    const leave = new AbortController();
    const listening = listen({ signal: leave.signal });
    const closed = once(await arrived, 'close');
    leave.abort();
    await expect(listening).rejects.toMatchObject({ name: 'AbortError' });
    await closed;
    answerWith(sends('data: [DONE]\n\n'));
    expect((await ask()).status).toBe(200);
  });

  it.each([
    [
      'a right that is missing',
      403,
      { kind: 'Status', message: 'services "chat" is forbidden' },
      'the portal needs the right to create services/proxy in namespace "team-a"',
    ],
    [
      'a Service without endpoints',
      503,
      { kind: 'Status', message: 'no endpoints available for service "chat"' },
      'no endpoints available',
    ],
    [
      'an engine that wants a key',
      401,
      { error: { message: 'Invalid API key' } },
      'Unauthorized: Invalid API key',
    ],
    [
      'an engine that refuses the question',
      400,
      { error: { message: 'maximum context length is 8' } },
      'maximum context length',
    ],
  ])('tells of %s', async (_, status, body, text) => {
    answerWith((__, response) => {
      response.status(status).json(body);
    });
    const answer = await ask();
    expect(answer.status).toBe(503);
    expect(answer.body.error.name).toBe('ServiceUnavailableError');
    expect(answer.body.error.message).toContain(text);
  });

  it('tells of an answer that is no stream', async () => {
    answerWith((_, response) => {
      response.json({ choices: [] });
    });
    const { status, body } = await ask();
    expect(status).toBe(503);
    expect(body.error.message).toContain('application/json');
  });

  it.each([
    ['breaks off', [chunk('In')], 'broke off before the end'],
    [
      'reports an error',
      [chunk('In'), 'data: {"error":{"message":"CUDA out of memory"}}\n\n'],
      'CUDA out of memory',
    ],
    ['sends nonsense', ['data: <html>\n\n'], 'no JSON'],
    [
      'sends too much',
      Array(300).fill(chunk('x'.repeat(1_000))),
      'longer than 262144 bytes',
    ],
  ])('throws when the stream %s', async (_, parts, text) => {
    answerWith(sends(...parts));
    await expect(listen()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining(text),
    });
  });
});

it('can be switched off', async () => {
  const backend = await startGenaiBackend({
    kubernetes: kubernetesWithServers(),
    genai: { tryIt: { enabled: false } },
  });
  await backend.untilLive();
  const { status, body } = await backend.post(pathOf('chat'), QUESTION);
  expect(status).toBe(503);
  expect(body.error.message).toContain('genai.tryIt.enabled');
  await backend.stop();
});
