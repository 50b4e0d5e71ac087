import { GENAI_ROUTES } from '@promptside/backstage-plugin-genai-common';
import { deriveNamespaces } from '@promptside/backstage-plugin-genai-node';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/clusters`, `/v1/namespaces` and `/v1/health`. */
export function serveClusters(context: RouteContext): void {
  const { live } = context;

  serveGet(context, GENAI_ROUTES.getClusters, () => live.clusters());

  serveGet(context, GENAI_ROUTES.getHealth, () => live.health());

  serveGet(context, GENAI_ROUTES.getNamespaces, ({ query }) => {
    const { states, clusters } = live.view(query.cluster);
    return { ...deriveNamespaces(states, query), clusters };
  });
}
