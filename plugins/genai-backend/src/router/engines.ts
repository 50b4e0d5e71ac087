import { NotFoundError } from '@backstage/errors';
import {
  GENAI_ROUTES,
  type EnginesQuery,
  type EnginesResponse,
} from '@promptside/backstage-plugin-genai-common';
import {
  describeEngines,
  engineRefusal,
  findModel,
} from '@promptside/backstage-plugin-genai-node';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/engines` */
export function serveEngines(context: RouteContext): void {
  serveGet(
    context,
    GENAI_ROUTES.getEngines,
    ({ query }) => answerEngines(context, query),
    () => context.catalog.etag(),
  );
}

function answerEngines(
  { catalog, planSettings: { images, engines } }: RouteContext,
  { model: id }: EnginesQuery,
): EnginesResponse {
  const model = id === undefined ? undefined : findModel(catalog.models(), id);
  if (id !== undefined && !model) {
    throw new NotFoundError(
      `Field "model": the catalog has no model "${id}"; GET /v1/models lists those it has`,
    );
  }
  return {
    items: describeEngines(images, engines).map(({ tasks, ...engine }) => {
      const refusal =
        model && engineRefusal(engine.engine, model, images, engines);
      return { ...engine, tasks: [...tasks], ...(refusal ? { refusal } : {}) };
    }),
  };
}
