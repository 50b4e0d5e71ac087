import { NotFoundError } from '@backstage/errors';
import { GENAI_ROUTES } from '@promptside/backstage-plugin-genai-common';
import {
  deriveVectorStoreDetail,
  deriveVectorStores,
} from '@promptside/backstage-plugin-genai-node';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/vector-stores` and one of them. */
export function serveVectorStores(context: RouteContext): void {
  const { live, storeHealth } = context;
  // probes answer without a change of the state
  const etagOf = (cluster: string | undefined) =>
    live.etag(cluster).replace(/"$/, `.${storeHealth.revision}"`);

  serveGet(
    context,
    GENAI_ROUTES.getVectorStores,
    ({ query }) => {
      const { states, clusters } = live.view(query.cluster);
      const stores = deriveVectorStores(states, query, storeHealth.knowledge());
      return { ...stores, clusters };
    },
    etagOf,
  );

  serveGet(
    context,
    GENAI_ROUTES.getVectorStore,
    ({ params }) => {
      const { states, clusters } = live.view(params.cluster);
      const detail = deriveVectorStoreDetail(
        states,
        params,
        storeHealth.knowledge(),
      );
      if (!detail) {
        const { cluster, namespace, name } = params;
        const [{ state }] = clusters;
        const doubt = state === 'Live' ? '' : ` (the cluster is ${state})`;
        throw new NotFoundError(
          `No vector store "${name}" in namespace "${namespace}" of cluster "${cluster}"${doubt}`,
        );
      }
      return { ...detail, clusters };
    },
    etagOf,
  );
}
