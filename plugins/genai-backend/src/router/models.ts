import { GENAI_ROUTES } from '@promptside/backstage-plugin-genai-common';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/models` and below. */
export function serveModels(context: RouteContext): void {
  const { catalog, lookupModel } = context;
  serveGet(
    context,
    GENAI_ROUTES.getModels,
    () => catalog.answer(),
    () => catalog.etag(),
  );
  serveGet(
    context,
    GENAI_ROUTES.lookupModel,
    ({ query }) => lookupModel(query.id, query.revision),
    () => undefined,
  );
}
