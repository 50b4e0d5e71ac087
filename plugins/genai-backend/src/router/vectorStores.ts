import { NotFoundError } from '@backstage/errors';
import {
  GENAI_ROUTES,
  type GenaiObjectRef,
} from '@promptside/backstage-plugin-genai-common';
import {
  deriveVectorStoreDetail,
  deriveVectorStores,
} from '@promptside/backstage-plugin-genai-node';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/vector-stores`, one of them, and what is remembered of it. */
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
    ({ params }) => findStore(context, params),
    etagOf,
  );

  serveGet(
    context,
    GENAI_ROUTES.getVectorStoreHistory,
    ({ params }) => {
      const { item, clusters } = findStore(context, params);
      const { history } = storeHealth;
      const { keptSince } = history;
      return { keptSince, ...history.find(item.cluster, item.uid), clusters };
    },
    cluster =>
      live.etag(cluster).replace(/"$/, `.${storeHealth.history.revision}"`),
  );
}

/** Throws `NotFoundError`, with a doubt where the cluster is not live. */
function findStore({ live, storeHealth }: RouteContext, ref: GenaiObjectRef) {
  const { states, clusters } = live.view(ref.cluster);
  const detail = deriveVectorStoreDetail(states, ref, storeHealth.knowledge());
  if (!detail) {
    const { cluster, namespace, name } = ref;
    const [{ state }] = clusters;
    const doubt = state === 'Live' ? '' : ` (the cluster is ${state})`;
    throw new NotFoundError(
      `No vector store "${name}" in namespace "${namespace}" of cluster "${cluster}"${doubt}`,
    );
  }
  return { ...detail, clusters };
}
