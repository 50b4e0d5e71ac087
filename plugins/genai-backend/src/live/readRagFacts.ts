import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  genaiClusterReadPermission,
  genaiModelServerReadPermission,
  genaiVectorStoreReadPermission,
  type RagPlanRequest,
} from '@promptside/backstage-plugin-genai-common';
import {
  deriveModelServers,
  deriveVectorStoreDetail,
  deriveVectorStores,
  hostsStore,
  type ClusterState,
  type RagPlanFacts,
  type StoreKnowledge,
} from '@promptside/backstage-plugin-genai-node';

/** A page as large as it may be; more stores or servers than that are not looked through. */
const LIMIT = 500;

/** What a permission lets somebody know; absent, the plan says so. */
type Part = 'namespaces' | 'servers' | 'stores';

const PERMISSIONS: Readonly<Record<Part, BasicPermission>> = {
  namespaces: genaiClusterReadPermission,
  servers: genaiModelServerReadPermission,
  stores: genaiVectorStoreReadPermission,
};

/** What runs on the cluster of a plan, as far as it was read and the credentials may know it. */
export async function readRagFacts(
  request: RagPlanRequest,
  live: { states: readonly ClusterState[]; knowledge: StoreKnowledge },
  caller: {
    permissions: PermissionsService;
    credentials: BackstageCredentials;
  },
): Promise<
  Pick<RagPlanFacts, 'namespaces' | 'stores' | 'collections' | 'servers'>
> {
  const { states, knowledge } = live;
  const may = await rightsOf(caller);
  const read = (resource: Parameters<ClusterState['has']>[0]) =>
    states.every(state => state.has(resource));
  const page = { limit: LIMIT };
  // Stores and servers of custom resources may be missing without harm; those of plain workloads are the usual ones.
  const workloadsRead = read('deployments') && read('statefulsets');
  const stores =
    may.stores && workloadsRead
      ? deriveVectorStores(states, page, knowledge).items
      : undefined;
  const store = stores?.find(found => hostsStore(found, request));
  return {
    ...(may.namespaces && read('namespaces')
      ? {
          namespaces: states.flatMap(state =>
            [...state.namespaces()].map(({ name }) => name),
          ),
        }
      : {}),
    ...(stores ? { stores } : {}),
    ...(store
      ? {
          collections: deriveVectorStoreDetail(states, store, knowledge)?.health
            .collections,
        }
      : {}),
    ...(may.servers && workloadsRead
      ? { servers: deriveModelServers(states, page).items }
      : {}),
  };
}

async function rightsOf({
  permissions,
  credentials,
}: {
  permissions: PermissionsService;
  credentials: BackstageCredentials;
}): Promise<Record<Part, boolean>> {
  const parts = Object.keys(PERMISSIONS) as Part[];
  const decisions = await permissions.authorize(
    parts.map(part => ({ permission: PERMISSIONS[part] })),
    { credentials },
  );
  return Object.fromEntries(
    parts.map((part, index) => [
      part,
      decisions[index].result === AuthorizeResult.ALLOW,
    ]),
  ) as Record<Part, boolean>;
}
