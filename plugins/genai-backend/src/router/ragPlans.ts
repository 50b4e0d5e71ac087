import { assertError } from '@backstage/errors';
import {
  GENAI_ROUTES,
  ragPlanRequestSchema,
  type InferencePlanRequest,
  type RagPlan,
  type RagPlanRequest,
  type RagServerPlan,
} from '@promptside/backstage-plugin-genai-common';
import {
  embeddingPlanRequest,
  findModel,
  llmPlanRequest,
  planRag,
} from '@promptside/backstage-plugin-genai-node';
import { createModelResolver } from '../live/createModelResolver';
import { createPlanner } from '../live/createPlanner';
import { readRagFacts } from '../live/readRagFacts';
import { servePost, type RouteContext } from './serveRoute';

type Credentials = Parameters<ReturnType<typeof createModelResolver>>[1];

/** `/v1/rag-plans`. */
export function serveRagPlans(context: RouteContext): void {
  const { live, catalog, storeHealth, permissions } = context;
  const plan = createPlanner(context);
  const resolve = createModelResolver(context);

  /** @throws what the planner throws, led by the part of the service that it is about */
  const planServer = async (
    part: 'embedding' | 'llm',
    asked: InferencePlanRequest | undefined,
    credentials: Credentials,
  ): Promise<RagServerPlan | undefined> => {
    if (!asked) return undefined;
    try {
      const model = await resolve(asked.model, credentials);
      const { clusters: _, ...made } = plan(asked, model);
      return made;
    } catch (error) {
      assertError(error);
      error.message = `Field "${part}": ${error.message}`;
      throw error;
    }
  };

  const answer = async (
    request: RagPlanRequest,
    credentials: Credentials,
  ): Promise<RagPlan> => {
    const { states, clusters } = live.view(request.target.cluster);
    const facts = await readRagFacts(
      request,
      { states, knowledge: storeHealth.knowledge() },
      { permissions, credentials },
    );
    // A namespace that is not there is a reason of this plan, and a fault to the planner.
    const { namespace } = request.target;
    const placeable =
      states.some(state => state.namespace(namespace)) ||
      states.some(state => !state.has('namespaces'));
    const [embeddingPlan, llmPlan] = placeable
      ? await Promise.all([
          planServer('embedding', embeddingPlanRequest(request), credentials),
          planServer('llm', llmPlanRequest(request), credentials),
        ])
      : [];
    const model = findModel(catalog.models(), request.embedding.model);
    return {
      ...planRag(request, { ...facts, model, embeddingPlan, llmPlan }),
      clusters,
    };
  };

  servePost(context, GENAI_ROUTES.planRag, ragPlanRequestSchema, answer);
}
