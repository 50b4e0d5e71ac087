import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { GenaiRoute } from '@promptside/backstage-plugin-genai-common';
import type { Request, Response, Router } from 'express';
import type { z } from 'zod';
import { authorize } from '../authorize';
import type { EngineMetricsReader } from '../engineMetrics/createEngineMetricsReader';
import type { LookupModel } from '../huggingFace/createModelLookup';
import type { LiveState } from '../live/LiveState';
import type { PlanSettings } from '../live/readPlanSettings';
import type { ModelCatalog } from '../models/ModelCatalog';
import type { ChatService } from '../tryIt/createChatService';
import type { StoreHealthSource } from '../vectorStores/startStoreHealth';
import { parseInput } from './parseInput';

/** What every route needs. */
export interface RouteContext {
  router: Router;
  live: LiveState;
  catalog: ModelCatalog;
  planSettings: PlanSettings;
  lookupModel: LookupModel;
  engineMetrics: EngineMetricsReader;
  chat: ChatService;
  storeHealth: StoreHealthSource;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}

/** Whose request it is. Throws 401 without credentials and 403 without the route's permission. */
export async function checkRights(
  { httpAuth, permissions }: RouteContext,
  { permission }: GenaiRoute,
  request: Request,
): Promise<
  BackstageCredentials<BackstageUserPrincipal | BackstageServicePrincipal>
> {
  const credentials = await httpAuth.credentials(request, {
    allow: ['user', 'service'],
  });
  await authorize(permissions, permission, credentials);
  return credentials;
}

/** The route's path as express writes it. */
export function expressPath({ path }: GenaiRoute): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function clusterOf(input: unknown): string | undefined {
  const { cluster } = input as { cluster?: unknown };
  return typeof cluster === 'string' ? cluster : undefined;
}

/** The client has this answer already. */
function isFresh(request: Request, etag: string): boolean {
  const known = request.header('If-None-Match');
  return known !== undefined && known.split(/,\s*/).includes(etag);
}

/**
 * Serves one GET route: credentials, permission, parsed parameters, entity tag, then the handler. `cluster` of path or
 * query decides which part of the state the tag covers; `etagOf` is for what does not come from the state.
 */
export function serveGet<Q extends z.ZodObject, P extends z.ZodObject>(
  context: RouteContext,
  route: GenaiRoute & { query: Q; params: P },
  handler: (input: { query: z.infer<Q>; params: z.infer<P> }) => unknown,
  etagOf: (cluster: string | undefined) => string | undefined = cluster =>
    context.live.etag(cluster),
): void {
  context.router.get(
    expressPath(route),
    async (request: Request, response: Response) => {
      await checkRights(context, route, request);
      const query: z.infer<Q> = parseInput(route.query, request.query, 'Query');
      const params: z.infer<P> = parseInput(
        route.params,
        request.params,
        'Path',
      );
      const cluster = clusterOf(params) ?? clusterOf(query);
      const etag = etagOf(cluster);
      response.set('Cache-Control', 'private, no-cache');
      if (etag !== undefined) response.set('ETag', etag);
      if (etag !== undefined && isFresh(request, etag)) {
        response.status(304).end();
        return;
      }
      response.json(await handler({ query, params }));
    },
  );
}

/** Serves one POST route; its answer is never cached. */
export function servePost<B extends z.ZodType>(
  context: RouteContext,
  route: GenaiRoute,
  bodySchema: B,
  handler: (
    body: z.infer<B>,
    credentials: Awaited<ReturnType<typeof checkRights>>,
  ) => unknown,
): void {
  context.router.post(
    route.path,
    async (request: Request, response: Response) => {
      const credentials = await checkRights(context, route, request);
      parseInput(route.query, request.query, 'Query');
      const body = parseInput(bodySchema, request.body, 'Body');
      response.set('Cache-Control', 'no-store');
      response.json(await handler(body, credentials));
    },
  );
}
