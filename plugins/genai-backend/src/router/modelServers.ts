import { NotFoundError } from '@backstage/errors';
import { GENAI_ROUTES } from '@promptside/backstage-plugin-genai-common';
import {
  deriveModelServerDetail,
  deriveModelServers,
} from '@promptside/backstage-plugin-genai-node';
import { serveGet, type RouteContext } from './serveRoute';

/** `/v1/model-servers` and one of them. */
export function serveModelServers(context: RouteContext): void {
  const { live } = context;

  serveGet(context, GENAI_ROUTES.getModelServers, ({ query }) => {
    const { states, clusters } = live.view(query.cluster);
    return { ...deriveModelServers(states, query), clusters };
  });

  serveGet(context, GENAI_ROUTES.getModelServer, ({ params }) => {
    const { states, clusters } = live.view(params.cluster);
    const detail = deriveModelServerDetail(states, params);
    if (detail) return { ...detail, clusters };
    const { cluster, namespace, name } = params;
    // what is not listed yet may exist all the same
    const [{ state }] = clusters;
    const doubt = state === 'Live' ? '' : ` (the cluster is ${state})`;
    throw new NotFoundError(
      `No model server "${name}" in namespace "${namespace}" of cluster "${cluster}"${doubt}`,
    );
  });
}
