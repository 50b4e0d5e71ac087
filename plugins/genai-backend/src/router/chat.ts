import { serializeError, ServiceUnavailableError } from '@backstage/errors';
import {
  chatRequestSchema,
  GENAI_ROUTES,
} from '@promptside/backstage-plugin-genai-common';
import {
  deriveModelServerDetail,
  deriveModelServerTarget,
} from '@promptside/backstage-plugin-genai-node';
import type { Request, Response } from 'express';
import { chooseChatTarget } from '../tryIt/chooseChatTarget';
import { noModelServer } from './modelServers';
import { parseInput } from './parseInput';
import { checkRights, expressPath, type RouteContext } from './serveRoute';

const ROUTE = GENAI_ROUTES.chatWithModelServer;

/** `/v1/model-servers/:cluster/:namespace/:name/chat`. */
export function serveChat(context: RouteContext): void {
  const { router, live, catalog, chat } = context;

  router.post(
    expressPath(ROUTE),
    async (request: Request, response: Response) => {
      const { principal } = await checkRights(context, ROUTE, request);
      parseInput(ROUTE.query, request.query, 'Query');
      const params = parseInput(ROUTE.params, request.params, 'Path');
      const question = parseInput(chatRequestSchema, request.body, 'Body');
      chat.assertEnabled();
      const { states, clusters } = live.view(params.cluster);
      const detail = deriveModelServerDetail(states, params);
      const target = deriveModelServerTarget(states, params);
      if (!detail || !target) throw noModelServer(params, clusters);
      const goal = chooseChatTarget(detail.item, target, catalog.models());
      const left = new AbortController();
      response.on('close', () => left.abort());
      try {
        const chunks = await chat.ask({
          user:
            principal.type === 'user'
              ? principal.userEntityRef
              : principal.subject,
          cluster: params.cluster,
          target: goal,
          question,
          signal: left.signal,
        });
        await stream(chunks, response);
      } catch (error) {
        // nobody is there to hear of it
        if (!left.signal.aborted) throw error;
      }
    },
  );
}

/** Sends the chunks as they come; what goes wrong after the first header is an event of its own. */
async function stream(
  chunks: AsyncIterable<unknown>,
  response: Response,
): Promise<void> {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    // compression would hold the words back until its buffer is full
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  try {
    // a slow reader is not waited for: all of an answer is 256 KB at most
    for await (const chunk of chunks) {
      response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    }
    response.end('data: [DONE]\n\n');
  } catch (error) {
    if (response.destroyed) return;
    response.end(`event: error\ndata: ${JSON.stringify(errorBody(error))}\n\n`);
  }
}

function errorBody(error: unknown) {
  const known =
    error instanceof ServiceUnavailableError
      ? error
      : new ServiceUnavailableError('The model server broke off its answer');
  const { name, message } = serializeError(known);
  return { error: { name, message }, response: { statusCode: 503 } };
}
