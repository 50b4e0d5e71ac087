import { GENAI_ROUTES } from '@promptside/backstage-plugin-genai-common';
import {
  deriveGpuAllocations,
  deriveGpuNodes,
  deriveGpuOverview,
} from '@promptside/backstage-plugin-genai-node';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/gpu-overview`, `/v1/gpu-nodes` and `/v1/gpu-allocations`. */
export function serveGpus(context: RouteContext): void {
  const { live } = context;

  serveGet(context, GENAI_ROUTES.getGpuOverview, ({ query }) => {
    const { states, clusters } = live.view(query.cluster);
    return { ...deriveGpuOverview(states, query), clusters };
  });

  serveGet(context, GENAI_ROUTES.getGpuNodes, ({ query }) => {
    const { states, clusters } = live.view(query.cluster);
    return { ...deriveGpuNodes(states, query), clusters };
  });

  serveGet(context, GENAI_ROUTES.getGpuAllocations, ({ query }) => {
    const { states, clusters } = live.view(query.cluster);
    return { ...deriveGpuAllocations(states, query), clusters };
  });
}
