import { GENAI_ROUTES } from '@promptside/backstage-plugin-genai-common';
import {
  deriveNamespaces,
  deriveStorageClasses,
} from '@promptside/backstage-plugin-genai-node';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/clusters`, `/v1/namespaces`, `/v1/storage-classes` and `/v1/health`. */
export function serveClusters(context: RouteContext): void {
  const { live } = context;

  serveGet(context, GENAI_ROUTES.getClusters, () => live.clusters());

  serveGet(context, GENAI_ROUTES.getHealth, () => live.health());

  serveGet(context, GENAI_ROUTES.getNamespaces, ({ query }) => {
    const { states, clusters } = live.view(query.cluster);
    return { ...deriveNamespaces(states, query), clusters };
  });

  serveGet(context, GENAI_ROUTES.getStorageClasses, ({ query }) => {
    const { states, clusters } = live.view(query.cluster);
    return { ...deriveStorageClasses(states, query), clusters };
  });
}
