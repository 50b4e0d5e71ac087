import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { KubeManifest } from '../kubernetes/KubeManifest';
import { createGenaiAccess, type GenaiAccess } from '../services/GenaiAccess';
import { discovery } from './fakeGenai';
import { memoryCluster } from './memoryCluster';

/** Namespace of the person's own team. */
export const OWN_NAMESPACE: KubeManifest = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'team-search',
    annotations: { 'promptside.io/owner': 'group:default/team-search' },
  },
};

/** Namespace of another team. */
export const FOREIGN_NAMESPACE: KubeManifest = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'team-chat',
    annotations: { 'promptside.io/owner': 'group:default/team-chat' },
  },
};

type ClusterOptions = Parameters<typeof memoryCluster>[0];

/** What actions need, with a cluster in memory and a member of the group `team-search` at the keys. */
export function testAccess(
  options: ClusterOptions & {
    allowed?: boolean;
    transport?: Partial<ReturnType<typeof memoryCluster>['transport']>;
  } = {},
): { access: GenaiAccess; cluster: ReturnType<typeof memoryCluster> } {
  const { allowed = true, transport, objects = [], ...rest } = options;
  const cluster = memoryCluster({
    ...rest,
    objects: [OWN_NAMESPACE, FOREIGN_NAMESPACE, ...objects],
  });
  const access = createGenaiAccess({
    auth: mockServices.auth(),
    discovery,
    permissions: mockServices.permissions.mock({
      authorize: async queries =>
        queries.map(() => ({
          result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
        })),
    }),
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async () => ({
        userEntityRef: 'user:default/mock',
        ownershipEntityRefs: ['group:default/team-search'],
      }),
    }),
    namespaceOwnership: 'enforce',
    transport: { ...cluster.transport, ...transport },
  });
  return { access, cluster };
}
