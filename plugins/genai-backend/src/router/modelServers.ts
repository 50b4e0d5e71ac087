import { NotFoundError } from '@backstage/errors';
import {
  GENAI_ROUTES,
  type ClusterStatus,
} from '@promptside/backstage-plugin-genai-common';
import {
  deriveModelServerDetail,
  deriveModelServers,
  deriveModelServerTarget,
} from '@promptside/backstage-plugin-genai-node';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/model-servers` and one of them. */
export function serveModelServers(context: RouteContext): void {
  const { live, engineMetrics } = context;

  serveGet(context, GENAI_ROUTES.getModelServers, ({ query }) => {
    const { states, clusters } = live.view(query.cluster);
    return { ...deriveModelServers(states, query), clusters };
  });

  serveGet(
    context,
    GENAI_ROUTES.getModelServer,
    async ({ params }) => {
      const { states, clusters } = live.view(params.cluster);
      const detail = deriveModelServerDetail(states, params);
      if (!detail) throw noModelServer(params, clusters);
      const target = deriveModelServerTarget(states, params);
      const metrics = target && (await engineMetrics(params.cluster, target));
      return { ...detail, ...(metrics ? { metrics } : {}), clusters };
    },
    // metrics change without a change of the state
    () => undefined,
  );
}

/** What is not listed yet may exist all the same, so the state of the cluster is told. */
export function noModelServer(
  ref: { cluster: string; namespace: string; name: string },
  [status]: readonly ClusterStatus[],
): NotFoundError {
  const doubt =
    status.state === 'Live' ? '' : ` (the cluster is ${status.state})`;
  return new NotFoundError(
    `No model server "${ref.name}" in namespace "${ref.namespace}" of cluster "${ref.cluster}"${doubt}`,
  );
}
