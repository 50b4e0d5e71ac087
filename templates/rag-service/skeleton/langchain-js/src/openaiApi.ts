// The same answers behind OpenAI's API, so that chat programs and the portal can ask this service like a model.
import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Answer, Answerer } from './answer.ts';
import { asError, asFault, readObject } from './api.ts';
import { ServiceFault } from './faults.ts';
import type { Message } from './prompt.ts';
import { requests, span } from './telemetry.ts';

const ROUTE = '/v1/chat/completions';

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter(part => part?.type === 'text' && typeof part.text === 'string')
    .map(part => part.text)
    .join('\n');
}

/** The last question, and the talk before it. System messages of callers have no say here: the rules are ours. */
export function splitMessages(messages: unknown): { question: string; talk: Message[] } {
  if (!Array.isArray(messages)) throw new ServiceFault('InvalidRequest', 'messages: must be a list');
  const talk = messages
    .map(message => ({ role: message?.role, content: textOf(message?.content) }))
    .filter((message): message is Message => ['user', 'assistant'].includes(message.role) && message.content !== '');
  const last = talk.pop();
  if (last?.role !== 'user')
    throw new ServiceFault('InvalidRequest', 'The last message must be a question of the user.');
  return { question: last.content, talk };
}

function usageOf({ usage }: Answer) {
  const { prompt_tokens: prompt, answer_tokens: answer } = usage;
  if (prompt === null || answer === null) return null;
  return { prompt_tokens: prompt, completion_tokens: answer, total_tokens: prompt + answer };
}

export function addOpenAiRoutes(app: Hono, answerer: Answerer): void {
  const model = answerer.settings.serviceName;

  app.get('/v1/models', c =>
    c.json({ object: 'list', data: [{ id: model, object: 'model', created: 0, owned_by: 'rag-service' }] }),
  );

  app.post(ROUTE, async c => {
    // Fields that do not matter here, such as temperature, are taken and left alone as other servers do.
    const body = await readObject(c);
    const { question, talk } = splitMessages(body.messages);
    const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
    if (body.stream !== true) {
      const answer = await span('rag.query', () => answerer.answerWhole(question, { talk }));
      requests.inc({ route: ROUTE, outcome: 'ok' });
      const message = { role: 'assistant', content: answer.answer };
      return c.json({
        ...head,
        object: 'chat.completion',
        choices: [{ index: 0, message, finish_reason: answer.finish_reason }],
        usage: usageOf(answer),
        citations: answer.citations,
      });
    }
    const withUsage = (body.stream_options as { include_usage?: boolean } | undefined)?.include_usage === true;
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async sse => {
      const send = (data: object) => sse.writeSSE({ data: JSON.stringify(data) });
      const chunk = (delta: object, finishReason: string | null = null, more: object = {}) => {
        const choice = { index: 0, delta, finish_reason: finishReason };
        return send({ ...head, object: 'chat.completion.chunk', choices: [choice], ...more });
      };
      try {
        for await (const event of answerer.answerQuestion(question, { talk })) {
          if (sse.aborted) return;
          if (event.type === 'token') await chunk({ content: event.text });
          else if (event.type === 'citations')
            await chunk({ role: 'assistant', content: '' }, null, { citations: event.citations });
          else {
            requests.inc({ route: ROUTE, outcome: 'ok' });
            await chunk({}, event.answer.finish_reason);
            if (withUsage)
              await send({ ...head, object: 'chat.completion.chunk', choices: [], usage: usageOf(event.answer) });
          }
        }
      } catch (error) {
        const fault = asFault(error);
        requests.inc({ route: ROUTE, outcome: fault.code });
        await send({ error: { ...asError(fault).error, type: 'server_error' } });
      }
      await sse.writeSSE({ data: '[DONE]' });
    });
  });
}
