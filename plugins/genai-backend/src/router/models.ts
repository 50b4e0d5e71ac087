import { GENAI_ROUTES } from '@promptside/backstage-plugin-genai-common';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/models`. */
export function serveModels(context: RouteContext): void {
  const { catalog } = context;
  serveGet(
    context,
    GENAI_ROUTES.getModels,
    () => catalog.answer(),
    () => catalog.etag(),
  );
}
