import type { AuthService } from '@backstage/backend-plugin-api';
import type {
  ClusterStatus,
  GenaiRequestOptions,
} from '@promptside/backstage-plugin-genai-common';
import type { Coverage } from './Coverage';
import type { Snapshot } from './DiscoveredEntityProvider';

/** The most that one answer holds. */
const PAGE = 500;

interface Page<T> {
  items: T[];
  clusters: ClusterStatus[];
  nextCursor?: string;
}

/**
 * Everything, page by page, as this plugin itself. Pages are cut by name and not by position, so none is missed that was there all
 * the time. A cluster that one page did not cover counts as not covered.
 *
 * @throws ResponseError when genai-backend refuses or cannot answer
 */
export async function readAllPages<T>(
  read: (
    query: { limit: number; cursor?: string },
    options: GenaiRequestOptions,
  ) => Promise<Page<T>>,
  coverage: Coverage,
  auth: AuthService,
  signal?: AbortSignal,
): Promise<Snapshot<T>> {
  const items: T[] = [];
  const clusters = new Map<string, ClusterStatus>();
  let cursor: string | undefined;
  do {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'genai',
    });
    const page = await read({ limit: PAGE, cursor }, { token, signal });
    items.push(...page.items);
    for (const cluster of page.clusters) {
      const before = clusters.get(cluster.name);
      if (!before || coverage.isFullyCovered(before))
        clusters.set(cluster.name, cluster);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { items, clusters: [...clusters.values()] };
}
