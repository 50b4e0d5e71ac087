// A TEI-compatible and an OpenAI-compatible server on loopback: deterministic, and able to fail in the known ways.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { DIMENSION, embedWords, stems } from './wordVectors.mjs';

export const EMBEDDING_MODEL = 'promptside/words-768';
export const LLM_MODEL = 'promptside/quoting';
/** Words that the embedding server reads; longer inputs are refused as TEI does without truncation. */
export const EMBEDDING_TOKENS = 512;
/** Tokens of the language model's context, one for four characters. */
export const CONTEXT_TOKENS = 8192;

const words = text =>
  text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0;

async function readJson(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

function send(response, status, body, headers = {}) {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** Listens on a free port of loopback; `spent` counts requests and the milliseconds in which the server worked. */
async function listen(handle) {
  const spent = { requests: 0, ms: 0 };
  const server = createServer(async (request, response) => {
    const began = performance.now();
    try {
      await handle(request, response);
    } catch (error) {
      if (!response.headersSent) send(response, 400, { error: error.message });
      else response.destroy();
    }
    spent.requests += 1;
    spent.ms += performance.now() - began;
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    spent,
    stop: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/**
 * Text Embeddings Inference: /info, /health, /embed and OpenAI's /v1/embeddings. `delayMs` slows each request.
 *
 * @param model, dimension its name, and the length of its vectors
 */
export async function startEmbeddingServer({
  model = EMBEDDING_MODEL,
  dimension = DIMENSION,
} = {}) {
  const behaviour = { delayMs: 0, status: 200 };
  const server = await listen(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://x');
    if (pathname === '/health') return send(response, 200, {});
    if (pathname === '/info') {
      return send(response, 200, {
        model_id: model,
        model_dtype: 'float32',
        max_input_length: EMBEDDING_TOKENS,
        max_client_batch_size: 32,
      });
    }
    const { inputs, input, truncate } = await readJson(request);
    const texts = [inputs ?? input].flat();
    await sleep(behaviour.delayMs);
    if (behaviour.status !== 200) {
      return send(response, behaviour.status, { error: 'told to fail' });
    }
    if (texts.length > 32) {
      return send(response, 413, {
        error: `batch size ${texts.length} > maximum allowed batch size 32`,
        error_type: 'Validation',
      });
    }
    const longest = Math.max(...texts.map(words));
    if (!truncate && longest > EMBEDDING_TOKENS) {
      return send(response, 413, {
        error: `Input validation error: \`inputs\` must have less than ${EMBEDDING_TOKENS} tokens. Given: ${longest}`,
        error_type: 'Validation',
      });
    }
    const vectors = texts.map(text => embedWords(text, dimension));
    if (pathname === '/embed') return send(response, 200, vectors);
    return send(response, 200, {
      object: 'list',
      model,
      data: vectors.map((embedding, index) => ({
        object: 'embedding',
        index,
        embedding,
      })),
    });
  });
  return { ...server, behaviour };
}

/** The passages that a prompt quotes, by number. */
function passagesOf(system) {
  const quoted = system.match(/\n<<<(\S+)\n([\s\S]*)\n\1>>>/)?.[2] ?? '';
  return [
    ...quoted.matchAll(/^\[(\d+)\] ([\s\S]*?)(?=\n\n\[\d+\] |(?![\s\S]))/gm),
  ].map(([, number, text]) => ({ number: Number(number), text }));
}

/** Quotes the passage that shares most words with the question, and tells how many questions came before. */
function reply(messages) {
  const question = messages.at(-1).content;
  const asked = new Set(stems(question));
  const shared = text => new Set(stems(text).filter(s => asked.has(s))).size;
  const [best] = passagesOf(messages[0].content).sort(
    (a, b) => shared(b.text) - shared(a.text) || a.number - b.number,
  );
  const before = messages.filter(({ role }) => role === 'user').length - 1;
  const memory = before > 0 ? ` You asked ${before} before.` : '';
  if (!best) return `The documents do not tell.${memory}`;
  const line = best.text
    .split('\n')
    .slice(1)
    .sort((a, b) => shared(b) - shared(a))[0];
  return `${line} [${best.number}].${memory}`;
}

/** OpenAI's API with streams. `behaviour.fault` is 429, 500, 'hang', 'malformed' or 'cut'. */
export async function startLanguageModel() {
  const behaviour = { fault: undefined };
  const server = await listen(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://x');
    if (pathname === '/v1/models') {
      return send(response, 200, {
        object: 'list',
        data: [{ id: LLM_MODEL, object: 'model' }],
      });
    }
    if (pathname !== '/v1/chat/completions') return send(response, 404, {});
    const { messages, stream } = await readJson(request);
    const { fault } = behaviour;
    if (fault === 'hang') return undefined;
    if (typeof fault === 'number') {
      return send(
        response,
        fault,
        { error: { message: 'told to fail', type: 'server_error' } },
        { 'Retry-After': '1' },
      );
    }
    const length = messages.reduce((sum, m) => sum + m.content.length, 0);
    if (length / 4 > CONTEXT_TOKENS) {
      return send(response, 400, {
        error: {
          message: `This model's maximum context length is ${CONTEXT_TOKENS} tokens.`,
          type: 'BadRequestError',
        },
      });
    }
    const content = reply(messages);
    const usage = {
      prompt_tokens: Math.ceil(length / 4),
      completion_tokens: Math.ceil(content.length / 4),
      total_tokens: Math.ceil(length / 4) + Math.ceil(content.length / 4),
    };
    const head = { id: 'chatcmpl-1', created: 1, model: LLM_MODEL };
    if (!stream) {
      return send(response, 200, {
        ...head,
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content },
            finish_reason: 'stop',
          },
        ],
        usage,
      });
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const write = (choices, more = {}) =>
      response.write(
        `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...more })}\n\n`,
      );
    const pieces = content.match(/\S+\s*/g) ?? [];
    for (const [number, piece] of pieces.entries()) {
      if (fault === 'malformed' && number === 2) {
        response.write('data: {"choices": [{"delta": \n\n');
      }
      if (fault === 'cut' && number === 2) {
        // What was written has to arrive before the connection breaks.
        await sleep(100);
        return response.destroy();
      }
      write([{ index: 0, delta: { content: piece }, finish_reason: null }]);
    }
    write([{ index: 0, delta: {}, finish_reason: 'stop' }]);
    write([], { usage });
    return response.end('data: [DONE]\n\n');
  });
  return { ...server, behaviour };
}
