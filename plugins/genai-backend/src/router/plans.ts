import {
  GENAI_ROUTES,
  inferencePlanRequestSchema,
} from '@promptside/backstage-plugin-genai-common';
import { createPlanner } from '../live/createPlanner';
import { servePost, type RouteContext } from './serveRoute';

/** `/v1/inference-plans`. */
export function servePlans(context: RouteContext): void {
  const plan = createPlanner(context);
  servePost(
    context,
    GENAI_ROUTES.planInference,
    inferencePlanRequestSchema,
    plan,
  );
}
