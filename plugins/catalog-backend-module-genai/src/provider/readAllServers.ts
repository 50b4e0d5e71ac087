import type { AuthService } from '@backstage/backend-plugin-api';
import type {
  ClusterStatus,
  GenaiApi,
  ModelServer,
} from '@promptside/backstage-plugin-genai-common';
import { isFullyCovered } from './isCovered';
import type { ServersSnapshot } from './ModelServerEntityProvider';

/** The most that one answer holds. */
const PAGE = 500;

/**
 * Every model server, page by page, as this plugin itself. Pages are cut by name and not by position, so none is missed that
 * was there all the time. A cluster that one page did not cover counts as not covered.
 *
 * @throws ResponseError when genai-backend refuses or cannot answer
 */
export async function readAllServers(
  client: Pick<GenaiApi, 'getModelServers'>,
  auth: AuthService,
  signal?: AbortSignal,
): Promise<ServersSnapshot> {
  const items: ModelServer[] = [];
  const clusters = new Map<string, ClusterStatus>();
  let cursor: string | undefined;
  do {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'genai',
    });
    const page = await client.getModelServers(
      { limit: PAGE, cursor },
      { token, signal },
    );
    items.push(...page.items);
    for (const cluster of page.clusters) {
      const before = clusters.get(cluster.name);
      if (!before || isFullyCovered(before))
        clusters.set(cluster.name, cluster);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { items, clusters: [...clusters.values()] };
}
