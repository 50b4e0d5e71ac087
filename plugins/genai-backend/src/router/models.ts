import { GENAI_ROUTES } from '@promptside/backstage-plugin-genai-common';
import { CURATED_MODELS } from '@promptside/backstage-plugin-genai-node';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/models`. */
export function serveModels(context: RouteContext): void {
  serveGet(context, GENAI_ROUTES.getModels, () => ({ items: CURATED_MODELS }));
}
