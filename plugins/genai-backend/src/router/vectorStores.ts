import { GENAI_ROUTES } from '@promptside/backstage-plugin-genai-common';
import { deriveVectorStores } from '@promptside/backstage-plugin-genai-node';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/vector-stores`. */
export function serveVectorStores(context: RouteContext): void {
  serveGet(context, GENAI_ROUTES.getVectorStores, ({ query }) => {
    const { states, clusters } = context.live.view(query.cluster);
    return {
      ...deriveVectorStores(states, query, { now: Date.now() }),
      clusters,
    };
  });
}
