import {
  GENAI_ROUTES,
  inferencePlanRequestSchema,
  modelFitsRequestSchema,
  modelFitSchema,
  type ModelFit,
  type ModelFits,
  type ModelFitsRequest,
} from '@promptside/backstage-plugin-genai-common';
import { findModel } from '@promptside/backstage-plugin-genai-node';
import { createModelResolver } from '../live/createModelResolver';
import { createPlanner, type Planner } from '../live/createPlanner';
import { servePost, type RouteContext } from './serveRoute';

/** `/v1/inference-plans` and `/v1/model-fits`. */
export function servePlans(context: RouteContext): void {
  const plan = createPlanner(context);
  const resolve = createModelResolver(context);
  servePost(
    context,
    GENAI_ROUTES.planInference,
    inferencePlanRequestSchema,
    async (request, credentials) =>
      plan(request, await resolve(request.model, credentials)),
  );
  servePost(
    context,
    GENAI_ROUTES.getModelFits,
    modelFitsRequestSchema,
    request => answerModelFits(context, plan, request),
  );
}

/** Plans each model of the question on one view of the clusters. Throws for a cluster that is not watched. */
function answerModelFits(
  { live, catalog }: RouteContext,
  plan: Planner,
  { models, ...request }: ModelFitsRequest,
): ModelFits {
  const { clusters } = live.view(request.cluster);
  const known = catalog.models();
  return {
    items: models.map<ModelFit>(model =>
      findModel(known, model)
        ? { ...modelFitSchema.parse(plan({ ...request, model })), model }
        : {
            model,
            verdict: 'Unknown',
            summary: `The catalog has no model "${model}".`,
          },
    ),
    clusters,
  };
}
