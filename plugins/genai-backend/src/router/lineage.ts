import { NotFoundError } from '@backstage/errors';
import { GENAI_ROUTES } from '@promptside/backstage-plugin-genai-common';
import { deriveLineage } from '@promptside/backstage-plugin-genai-node';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/lineage/{cluster}/{namespace}/{name}`. */
export function serveLineage(context: RouteContext): void {
  const { live, storeHealth } = context;
  serveGet(
    context,
    GENAI_ROUTES.getRagLineage,
    ({ params }) => {
      const { states, clusters } = live.view(params.cluster);
      const item = deriveLineage(states, params, storeHealth.knowledge());
      if (!item) {
        const { cluster, namespace, name } = params;
        const [{ state }] = clusters;
        const doubt = state === 'Live' ? '' : ` (the cluster is ${state})`;
        throw new NotFoundError(
          `No RAG service "${name}" in namespace "${namespace}" of cluster "${cluster}"${doubt}`,
        );
      }
      return { item, clusters };
    },
    // probes answer without a change of the state
    cluster => live.etag(cluster).replace(/"$/, `.${storeHealth.revision}"`),
  );
}
