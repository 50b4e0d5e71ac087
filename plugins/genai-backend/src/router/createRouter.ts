import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import {
  buildOpenApiDocument,
  chatRequestSchema,
  GENAI_ROUTES,
  inferencePlanRequestSchema,
  modelFitsRequestSchema,
  ragPlanRequestSchema,
} from '@promptside/backstage-plugin-genai-common';
import PromiseRouter from 'express-promise-router';
import express, { type RequestHandler, type Router } from 'express';
import { serveChat } from './chat';
import { serveClusters } from './clusters';
import { serveEngines } from './engines';
import { serveGpus } from './gpus';
import { parseInput } from './parseInput';
import { serveLineage } from './lineage';
import { serveModels } from './models';
import { serveModelServers } from './modelServers';
import { servePlans } from './plans';
import { serveRagPlans } from './ragPlans';
import type { RouteContext } from './serveRoute';
import { serveVectorStores } from './vectorStores';

type OpenApiSpec = Parameters<typeof createValidatedOpenApiRouter>[0];

const BODIES = [
  { route: GENAI_ROUTES.planInference, schema: inferencePlanRequestSchema },
  { route: GENAI_ROUTES.getModelFits, schema: modelFitsRequestSchema },
  { route: GENAI_ROUTES.planRag, schema: ragPlanRequestSchema },
  { route: GENAI_ROUTES.chatWithModelServer, schema: chatRequestSchema },
].map(({ route: { path }, schema }) => ({
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  schema,
}));

/** The validator says of a body that something in it is not allowed; this says what. */
const nameBodyFaults: RequestHandler = (request, _, next) => {
  const body = BODIES.find(({ pattern }) => pattern.test(request.path));
  if (body) parseInput(body.schema, request.body, 'Body');
  next();
};

/**
 * The REST API. Its document is served at `/openapi.json` and checks requests before any handler sees them; the handlers
 * parse them with the same zod schemas from which the document is made.
 */
export function createRouter(services: Omit<RouteContext, 'router'>): Router {
  const document = buildOpenApiDocument();
  const outer = PromiseRouter();
  // the utility would serve it too, but as OpenAPI 3.0.3, which it is not
  outer.get('/openapi.json', (request, response) => {
    response.json({ ...document, servers: [{ url: request.baseUrl || '/' }] });
  });
  // the utility infers its types from a constant document; ours is built, and the handlers are typed by zod
  const router = createValidatedOpenApiRouter(
    document as unknown as OpenApiSpec,
    {
      // credentials are the business of Backstage, which answers 401 before this router is reached
      validatorOptions: { validateSecurity: false },
      middleware: [express.json(), nameBodyFaults],
    },
  ) as unknown as Router;
  outer.use(router);
  const context: RouteContext = { ...services, router };
  serveChat(context);
  serveClusters(context);
  serveEngines(context);
  serveGpus(context);
  serveLineage(context);
  serveModels(context);
  serveModelServers(context);
  servePlans(context);
  serveRagPlans(context);
  serveVectorStores(context);
  return outer;
}
