import { ServerResponse } from 'node:http';
import { createRandom, hashText } from '../seed/random';
import { Clock } from '../sim/Clock';
import { Container, Pod } from '../sim/kubeTypes';
import { PodRequest, PodServer } from '../proxy/PodServers';
import { EXPOSITION_TYPE } from './exposition';
import { jsonBody, sendJson, sendText } from './httpAnswers';
import { ServedRequests } from './engineLoad';
import { engineMetrics } from './engineMetrics';
import { flagValue, modelOf, servedNames } from './modelFacts';
import { OpenAiEngine } from './openAiEngines';

/** Between two words of a streamed answer. */
const WORD_MS = 40;
const DEFAULT_MAX_TOKENS = 256;

type Message = { role?: unknown; content?: unknown };

const fault = (
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
) =>
  sendJson(response, status, {
    error: { message, type, param: null, code: status },
  });

const textOf = (content: unknown): string => {
  if (typeof content === 'string') {
    return content;
  }
  return Array.isArray(content)
    ? content
        .map((part: { text?: unknown }) =>
          typeof part?.text === 'string' ? part.text : '',
        )
        .join(' ')
    : '';
};

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

/** What the simulated model says: that it is one, and what it was asked. */
const answerTo = (model: string, question: string): string => {
  const quoted = wordsOf(question).slice(0, 24).join(' ');
  return (
    `This is a simulated answer: no model runs in the demo cluster, and ${model} was not asked. ` +
    `You wrote: "${quoted}". ` +
    'On a cluster with real GPUs the text of the model stands here.'
  );
};

const newCounter = (): ServedRequests => ({
  count: 0,
  promptTokens: 0,
  generatedTokens: 0,
  running: 0,
});

interface Completion {
  id: string;
  created: number;
  model: string;
  words: string[];
  finishReason: 'stop' | 'length';
  promptTokens: number;
}

const usageOf = ({ promptTokens, words }: Completion) => ({
  prompt_tokens: promptTokens,
  completion_tokens: words.length,
  total_tokens: promptTokens + words.length,
});

/**
 * Plays the HTTP servers of engines with OpenAI's API: health, models, chat completions (streamed or not), completions and
 * metrics. One for all pods; what it counts it counts by pod.
 */
export function createOpenAiServer(clock: Clock): {
  forContainer(engine: OpenAiEngine, container: Container): PodServer;
} {
  const counters = new Map<string, ServedRequests>();

  const counterOf = (pod: Pod) => {
    const uid = pod.metadata.uid ?? '';
    const counter = counters.get(uid) ?? newCounter();
    counters.set(uid, counter);
    return counter;
  };

  const stream = (
    response: ServerResponse,
    completion: Completion,
    includeUsage: boolean,
    counter: ServedRequests,
  ) => {
    const { id, created, model, words, finishReason } = completion;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
    });
    const send = (fields: Record<string, unknown>) =>
      response.write(
        `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, model, ...fields })}\n\n`,
      );
    const choice = (
      delta: Record<string, unknown>,
      finish: string | null = null,
    ) => ({
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    });
    let next = 0;
    let cancel: (() => void) | undefined;
    let open = true;
    counter.running += 1;
    const close = () => {
      if (open) {
        open = false;
        cancel?.();
        counter.running -= 1;
      }
    };
    response.on('close', close);
    const step = () => {
      if (!open) {
        return;
      }
      if (next < words.length) {
        send(choice({ content: `${next > 0 ? ' ' : ''}${words[next]}` }));
        next += 1;
        cancel = clock.schedule(WORD_MS, step);
        return;
      }
      send(choice({}, finishReason));
      if (includeUsage) {
        send({ choices: [], usage: usageOf(completion) });
      }
      response.end('data: [DONE]\n\n');
      close();
    };
    send(choice({ role: 'assistant', content: '' }));
    step();
  };

  const complete = (
    request: PodRequest,
    response: ServerResponse,
    container: Container,
    isChat: boolean,
  ) => {
    const pod = request.pod as unknown as Pod;
    const body = jsonBody(request);
    if (!body) {
      fault(
        response,
        400,
        'BadRequestError',
        'The request body is not valid JSON',
      );
      return;
    }
    const [served = 'model'] = servedNames(pod, container);
    const model = typeof body.model === 'string' ? body.model : served;
    if (model !== served) {
      fault(
        response,
        404,
        'NotFoundError',
        `The model \`${model}\` does not exist.`,
      );
      return;
    }
    const messages = body.messages as Message[] | undefined;
    if (isChat && (!Array.isArray(messages) || messages.length === 0)) {
      fault(response, 400, 'BadRequestError', 'messages: Field required');
      return;
    }
    const prompt = isChat
      ? (messages ?? []).map(({ content }) => textOf(content)).join(' ')
      : textOf(body.prompt);
    const question = isChat
      ? textOf(messages?.findLast(({ role }) => role === 'user')?.content)
      : prompt;
    const asked = Number(body.max_completion_tokens ?? body.max_tokens);
    const limit = asked > 0 ? Math.floor(asked) : DEFAULT_MAX_TOKENS;
    const words = wordsOf(answerTo(served, question));
    const counter = counterOf(pod);
    const completion: Completion = {
      id: `${isChat ? 'chatcmpl' : 'cmpl'}-${createRandom(hashText(`${pod.metadata.uid}/${counter.count}`)).hex(32)}`,
      created: Math.floor(clock.now() / 1000),
      model: served,
      words: words.slice(0, limit),
      finishReason: words.length > limit ? 'length' : 'stop',
      promptTokens: wordsOf(prompt).length,
    };
    counter.count += 1;
    counter.promptTokens += completion.promptTokens;
    counter.generatedTokens += completion.words.length;
    const options = body.stream_options as
      { include_usage?: boolean } | undefined;
    if (body.stream === true && isChat) {
      stream(response, completion, options?.include_usage === true, counter);
      return;
    }
    const text = completion.words.join(' ');
    sendJson(response, 200, {
      id: completion.id,
      object: isChat ? 'chat.completion' : 'text_completion',
      created: completion.created,
      model: served,
      choices: [
        {
          index: 0,
          ...(isChat
            ? { message: { role: 'assistant', content: text } }
            : { text }),
          logprobs: null,
          finish_reason: completion.finishReason,
        },
      ],
      usage: usageOf(completion),
    });
  };

  return {
    forContainer: (engine, container) => ({
      handle(request, response) {
        const pod = request.pod as unknown as Pod;
        const [served = 'model'] = servedNames(pod, container);
        const path = request.path.replace(/\/+$/, '') || '/';
        const isGet = request.method === 'GET';
        if (isGet && engine.health.some(route => route.test(path))) {
          response.writeHead(200);
          response.end();
          return;
        }
        if (isGet && path === engine.metrics.path) {
          sendText(
            response,
            200,
            EXPOSITION_TYPE,
            engineMetrics(
              engine.metrics.dialect,
              pod,
              served,
              counterOf(pod),
              clock.now(),
            ),
          );
          return;
        }
        const route = path.startsWith(`${engine.basePath}/`)
          ? path.slice(engine.basePath.length)
          : `.${path}`;
        switch (`${request.method} ${route}`) {
          case 'GET ./version':
            sendJson(response, 200, {
              version:
                /:v?(\d[\w.-]*)$/.exec(container.image)?.[1] ?? 'unknown',
            });
            return;
          case 'GET /models':
            sendJson(response, 200, {
              object: 'list',
              data: [
                {
                  id: served,
                  object: 'model',
                  created: Math.floor(
                    Date.parse(pod.status?.startTime ?? '') / 1000,
                  ),
                  owned_by: engine.title,
                  root: modelOf(pod, container) ?? served,
                  parent: null,
                  max_model_len:
                    Number(flagValue(container, '--max-model-len')) || null,
                },
              ],
            });
            return;
          case 'POST /chat/completions':
            complete(request, response, container, true);
            return;
          case 'POST /completions':
            complete(request, response, container, false);
            return;
          default:
            sendJson(response, 404, { detail: 'Not Found' });
        }
      },
    }),
  };
}
