import type { AuthService } from '@backstage/backend-plugin-api';
import type {
  GenaiApi,
  ModelServer,
} from '@promptside/backstage-plugin-genai-common';
import type { ServersSnapshot } from './ModelServerEntityProvider';

/** The most that one answer holds. */
const PAGE = 500;

/**
 * Every model server, page by page, as this plugin itself. The clusters are those of the first page: what was covered then
 * was covered for the pages after it too, as pages are cut by name and not by position.
 *
 * @throws ResponseError when genai-backend refuses or cannot answer
 */
export async function readAllServers(
  client: Pick<GenaiApi, 'getModelServers'>,
  auth: AuthService,
  signal?: AbortSignal,
): Promise<ServersSnapshot> {
  const items: ModelServer[] = [];
  let clusters: ServersSnapshot['clusters'] | undefined;
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
    clusters ??= page.clusters;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { items, clusters };
}
