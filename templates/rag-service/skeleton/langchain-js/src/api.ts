import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { streamSSE } from 'hono/streaming';
import { register } from 'prom-client';
import type { Answerer } from './answer.ts';
import { isFault, messageOf, ServiceFault } from './faults.ts';
import { createReadiness } from './health.ts';
import { addOpenAiRoutes } from './openaiApi.ts';
import { requests, span } from './telemetry.ts';

const SESSION = /^[A-Za-z0-9_-]{8,64}$/;
const MAX_QUESTION = 100_000;

interface Question {
  question: string;
  sessionId?: string;
  stream: boolean;
}

/** What callers get for a fault. */
export const asError = (fault: ServiceFault) => ({ error: { code: fault.code, message: fault.message } });

/** Any error as one of this service's; what nobody foresaw keeps its text out of answers. */
export function asFault(error: unknown): ServiceFault {
  if (isFault(error)) return error;
  console.error(error);
  return new ServiceFault('LlmFailed', `The answer failed: ${(error as Error)?.name ?? 'Error'}`, { cause: error });
}

/** The JSON object of a request. */
export async function readObject(c: Context): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new ServiceFault('InvalidRequest', 'The body must be a JSON object.');
}

function readQuestion(body: Record<string, unknown>): Question {
  const { question, session_id: sessionId, new_session: newSession, stream, ...rest } = body;
  const faults = Object.keys(rest).map(name => `${name}: is not known`);
  if (typeof question !== 'string' || question === '' || question.length > MAX_QUESTION)
    faults.push(`question: must be a text of 1 to ${MAX_QUESTION} characters`);
  if (sessionId != null && !(typeof sessionId === 'string' && SESSION.test(sessionId)))
    faults.push('session_id: must be 8 to 64 letters, digits, _ and -');
  for (const [name, value] of Object.entries({ new_session: newSession, stream }))
    if (value != null && typeof value !== 'boolean') faults.push(`${name}: must be true or false`);
  if (faults.length > 0) throw new ServiceFault('InvalidRequest', faults.join('; '));
  const session = (sessionId as string | null) ?? (newSession ? randomUUID().replaceAll('-', '') : undefined);
  return { question: question as string, stream: stream === true, ...(session && { sessionId: session }) };
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** The HTTP API. */
export function createApi(answerer: Answerer): Hono {
  const { settings, history } = answerer;
  const app = new Hono();
  const readiness = createReadiness(answerer);

  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    const fault = asFault(error);
    requests.inc({ route: c.req.path.startsWith('/v1/sessions/') ? '/v1/sessions' : c.req.path, outcome: fault.code });
    if (fault.retryAfterSeconds !== undefined) c.header('Retry-After', String(fault.retryAfterSeconds));
    return c.json(asError(fault), fault.status as 500);
  });

  app.use('/v1/*', async (c, next) => {
    const given = c.req.header('authorization')?.replace(/^Bearer /, '') ?? '';
    if (settings.apiKey && !timingSafeEqual(digest(given), digest(settings.apiKey)))
      throw new ServiceFault('Unauthorized', 'Send the key of this service as a bearer token.');
    await next();
  });

  // Says nothing of what the process depends on, so that nobody restarts it for another's fault.
  app.get('/healthz', c => c.json({ status: 'ok' }));

  app.get('/readyz', async c => {
    const checks = await readiness();
    const isReady = checks.every(({ outcome, required }) => outcome === 'Pass' || !required);
    return c.json({ ready: isReady, checks }, isReady ? 200 : 503);
  });

  app.get('/metrics', async c => c.body(await register.metrics(), 200, { 'Content-Type': register.contentType }));

  app.post('/v1/query', async c => {
    const { question, sessionId, stream } = readQuestion(await readObject(c));
    const options = sessionId ? { sessionId } : {};
    if (!stream) {
      const answer = await span('rag.query', () => answerer.answerWhole(question, options));
      requests.inc({ route: '/v1/query', outcome: 'ok' });
      return c.json(answer);
    }
    // Proxies such as nginx collect an answer before they pass it on, unless told.
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async sse => {
      const send = (event: string, data: object) => sse.writeSSE({ event, data: JSON.stringify(data) });
      try {
        await span('rag.query', async () => {
          for await (const event of answerer.answerQuestion(question, options)) {
            if (sse.aborted) return;
            if (event.type === 'token') await send('token', { text: event.text });
            else if (event.type === 'citations') await send('citations', { citations: event.citations });
            else await send('done', event.answer);
          }
        });
        requests.inc({ route: '/v1/query', outcome: 'ok' });
      } catch (error) {
        const fault = asFault(error);
        requests.inc({ route: '/v1/query', outcome: fault.code });
        await send('error', asError(fault));
      }
    });
  });

  app.delete('/v1/sessions/:id', async c => {
    const deleted = await history.forget(c.req.param('id'));
    if (deleted === undefined) {
      const message = 'The chat history is unavailable, nothing was deleted. Try again later.';
      throw new ServiceFault('HistoryUnavailable', message);
    }
    return c.json({ deleted_messages: deleted });
  });

  addOpenAiRoutes(app, answerer);
  return app;
}

/** Checks the collection before the first question. Throws CollectionMismatch; a store that is down may come later. */
export async function checkAtStart(answerer: Answerer): Promise<void> {
  try {
    await answerer.ensureCollection();
  } catch (error) {
    if (!isFault(error) || error.code === 'CollectionMismatch') throw error;
    console.error(`Not ready yet: ${messageOf(error)}`);
  }
}
