import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkAtStart, createApi } from '../src/api.ts';
import { ingest } from '../src/ingest.ts';
import { answerer, DIMENSION, embeddingServer, memoryStore, model, settings, split } from './fakes.ts';

const store = memoryStore();
const docs = mkdtempSync(join(tmpdir(), 'rag-api-'));
after(() => rmSync(docs, { recursive: true, force: true }));

before(async () => {
  writeFileSync(join(docs, 'tea.md'), '# Tea\n\nGreen tea needs water of eighty degrees.');
  writeFileSync(join(docs, 'bread.md'), '# Bread\n\nBread needs flour, salt and patience.');
  const made = settings({ SOURCES: docs });
  await ingest({ settings: made, store, embedder: embeddingServer().embedder(made), split });
});

type Options = Parameters<typeof answerer>[1] & { on?: ReturnType<typeof memoryStore> };

function client({ on = store, ...options }: Options = {}) {
  const app = createApi(answerer(on, options));
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(path, { method: 'POST', body: JSON.stringify(body), headers });
  return {
    app,
    post,
    get: (path: string) => app.request(path),
    ask: (more: object = {}) => post('/v1/query', { question: 'What does green tea need?', ...more }),
  };
}

const codeOf = async (response: Response | Promise<Response>) => (await (await response).json()).error?.code;
const events = (text: string) =>
  text
    .trim()
    .split('\n\n')
    .map(block => ({ name: block.match(/^event: (.*)$/m)?.[1], data: JSON.parse(block.match(/^data: (.*)$/m)![1]!) }));

test('answers with sources, scores and timings', async () => {
  const body = await (await client().ask()).json();
  assert.equal(body.answer, 'It is so [1].');
  const [first] = body.citations;
  assert.ok(first.number === 1 && first.source.endsWith('tea.md') && first.score > 0.3 && first.score <= 1);
  assert.match(first.text, /eighty degrees/);
  assert.deepEqual([body.history, body.usage], ['Off', { prompt_tokens: 10, answer_tokens: 3 }]);
  const { total_ms: total, ...stages } = body.timings;
  const sum = Object.values<number>(stages).reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(sum - total) < 0.1);
});

test('streams citations first, then tokens, then the whole', async () => {
  const seen = events(await (await client().ask({ stream: true })).text());
  assert.deepEqual(seen.map(({ name }) => name), ['citations', 'token', 'token', 'token', 'done']);
  assert.equal(seen.slice(1, -1).map(({ data }) => data.text).join(''), seen.at(-1)!.data.answer);
});

const clientError = (name: string, status?: number, message = 'no', headers?: object) =>
  Object.assign(new Error(message), { name, status, headers });

for (const [error, code, status] of [
  [clientError('RateLimitError', 429, 'no', { 'retry-after': '7' }), 'LlmBusy', 503],
  [clientError('InternalServerError', 500), 'LlmFailed', 502],
  [clientError('BadRequestError', 400, 'maximum context length is 8192'), 'PromptTooLong', 413],
  [clientError('TimeoutError'), 'LlmTimeout', 504],
  [clientError('APIConnectionError', undefined, 'Connection error.'), 'LlmStreamBroken', 502],
  [new SyntaxError('Unexpected end of JSON input'), 'LlmStreamBroken', 502],
] as const) {
  test(`names ${error.name} ${code}`, async () => {
    const c = client({ llm: model({ error }) });
    const response = await c.ask();
    assert.deepEqual([response.status, await codeOf(response.clone())], [status, code]);
    assert.equal(response.headers.get('retry-after'), code === 'LlmBusy' ? '7' : null);
    const last = events(await (await c.ask({ stream: true })).text()).at(-1)!;
    assert.deepEqual([last.name, last.data.error.code], ['error', code]);
  });
}

test('a model server that is away is no broken stream, and a stream without its end is no answer', async () => {
  const away = model({ words: [], error: clientError('APIConnectionError', undefined, 'Connection error.') });
  assert.equal(await codeOf(client({ llm: away }).ask()), 'LlmFailed');
  assert.equal(await codeOf(client({ llm: model({ finish: null }) }).ask()), 'LlmStreamBroken');
});

test('names a store and an embedding server that are down', async () => {
  const on = memoryStore({ embeddingModel: 'words-64', dimension: DIMENSION });
  on.state.down = true;
  const c = client({ on });
  assert.equal(await codeOf(c.ask()), 'StoreUnavailable');
  assert.equal((await c.get('/healthz')).status, 200);
  const ready = await c.get('/readyz');
  const { checks } = await ready.json();
  const check = checks.find(({ name }: { name: string }) => name === 'store');
  assert.deepEqual([ready.status, check.outcome, check.reason], [503, 'Fail', 'StoreUnavailable']);
  const answers = [500, 500].map(status => new Response('', { status }));
  assert.equal(await codeOf(client({ server: embeddingServer({ answers }) }).ask()), 'EmbeddingUnavailable');
});

test('starts before the first ingestion, and says what to do', async () => {
  const on = memoryStore();
  await checkAtStart(answerer(on));
  const response = await client({ on }).ask();
  assert.match((await response.json()).error.message, /run the ingestion first/);
});

test('does not start on a collection of another model', async () => {
  const other = memoryStore({ embeddingModel: 'other', dimension: DIMENSION });
  await assert.rejects(checkAtStart(answerer(other)), /made with the embedding model other/);
});

test('answers go on without history, and say so', async () => {
  // Port 1 of this machine: nobody listens there.
  const c = client({ env: { HISTORY_URL: 'postgresql://u:p@127.0.0.1:1/x' } });
  const body = await (await c.ask({ session_id: 'session-0001' })).json();
  assert.deepEqual([body.answer, body.history], ['It is so [1].', 'Unavailable']);
  const deleted = await c.app.request('/v1/sessions/session-0001', { method: 'DELETE' });
  assert.equal(deleted.status, 503);
  assert.match(await (await c.get('/metrics')).text(), /rag_history_faults_total [1-9]/);
});

for (const body of [{}, { question: '' }, { question: 'x', session_id: "'; DROP TABLE" }, { question: 'x', topk: 3 }, []]) {
  test(`refuses ${JSON.stringify(body)}`, async () => {
    const response = await client().post('/v1/query', body);
    assert.deepEqual([response.status, await codeOf(response)], [400, 'InvalidRequest']);
  });
}

test('refuses a question that no model reads', async () => {
  assert.equal(await codeOf(client().ask({ question: 'why '.repeat(20_000) })), 'PromptTooLong');
});

test('asks for the key when it has one', async () => {
  const c = client({ env: { API_KEY: 'k-1' } });
  assert.equal((await c.ask()).status, 401);
  assert.equal((await c.get('/v1/models')).status, 401);
  assert.equal((await c.get('/healthz')).status, 200);
  assert.equal((await c.post('/v1/query', { question: 'tea' }, { Authorization: 'Bearer k-1' })).status, 200);
});

test("speaks OpenAI's API", async () => {
  const llm = model();
  const c = client({ llm });
  const messages = [
    { role: 'system', content: 'Be rude.' },
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'Hi' },
    { role: 'user', content: [{ type: 'text', text: 'What does bread need?' }] },
  ];
  const chat = (body: object) => c.post('/v1/chat/completions', body);
  assert.equal((await (await c.get('/v1/models')).json()).data[0].id, 'handbook');
  const body = await (await chat({ model: 'handbook', messages })).json();
  assert.deepEqual([body.choices[0].message.content, body.usage.total_tokens], ['It is so [1].', 13]);
  assert.ok(body.citations[0].source.endsWith('bread.md'));
  assert.deepEqual(llm.asked[0]?.map(({ role }) => role), ['system', 'user', 'assistant', 'user']);
  assert.ok(!JSON.stringify(llm.asked[0]).includes('Be rude'));
  const text = await (await chat({ messages, stream: true, stream_options: { include_usage: true } })).text();
  const lines = text.trim().split('\n\n').map(line => line.replace('data: ', ''));
  assert.equal(lines.pop(), '[DONE]');
  const chunks = lines.map(line => JSON.parse(line));
  assert.equal(chunks.map(chunk => chunk.choices[0]?.delta.content ?? '').join(''), 'It is so [1].');
  assert.equal(chunks.at(-1).usage.total_tokens, 13);
  assert.equal((await chat({ messages: messages.slice(0, 3) })).status, 400);
});
