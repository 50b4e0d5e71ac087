import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  ANNOTATIONS,
  genaiManifestsApplyPermission,
  GenaiClient,
  type GenaiApi,
} from '@promptside/backstage-plugin-genai-common';
import {
  createProxyKubeTransport,
  type KubeTransport,
} from '@promptside/backstage-plugin-genai-node';
import type { KubeManifest } from '../kubernetes/KubeManifest';
import { createKubeWriter, type KubeWriter } from '../kubernetes/KubeWriter';
import { requestError } from './requestError';

/** What the actions may do for the person who started the task. */
export interface GenaiAccess {
  readonly genai: GenaiApi;
  /** Token for genai-backend on behalf of the person: it checks their permissions. */
  genaiToken(credentials: BackstageCredentials): Promise<string>;
  /**
   * Opens a cluster for writing, after the person's permission and each namespace's owner were checked.
   *
   * @throws NotAllowedError, NotFoundError that name the field.
   */
  openCluster(options: {
    credentials: BackstageCredentials;
    cluster: string;
    namespaces: readonly string[];
    signal?: AbortSignal;
  }): Promise<KubeWriter>;
}

export function createGenaiAccess(deps: {
  auth: AuthService;
  discovery: DiscoveryService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  /** Who owns a namespace may deploy there; `ignore` leaves it to the cluster's RBAC. */
  namespaceOwnership: 'enforce' | 'ignore';
  transport?: KubeTransport;
}): GenaiAccess {
  const { auth, discovery, permissions, userInfo, namespaceOwnership } = deps;

  // The plugin's own credentials, not the person's: whoever may run this template need not hold `kubernetes.proxy`,
  // which would open the whole API of every cluster to them.
  const transport =
    deps.transport ??
    createProxyKubeTransport({
      kubernetesBaseUrl: () => discovery.getBaseUrl('kubernetes'),
      token: async () => {
        const { token } = await auth.getPluginRequestToken({
          onBehalfOf: await auth.getOwnServiceCredentials(),
          targetPluginId: 'kubernetes',
        });
        return token;
      },
      fetch: (...args) => fetch(...args),
    });

  const authorize = async (
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ) => {
    const [decision] = await permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `The permission "${permission.name}" is missing; ask the platform team for it`,
      );
    }
  };

  const ownershipOf = async (credentials: BackstageCredentials) =>
    auth.isPrincipal(credentials, 'user')
      ? (await userInfo.getUserInfo(credentials)).ownershipEntityRefs
      : undefined;

  const checkNamespace = async (
    writer: KubeWriter,
    namespace: string,
    ownership: string[] | undefined,
  ) => {
    const wanted: KubeManifest = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    };
    const live = await writer.get(wanted);
    if (!live) {
      throw new NotFoundError(
        `namespace: "${namespace}" does not exist on cluster "${writer.cluster}"; choose one of your team's, or have the team onboarded`,
      );
    }
    const owner = live.metadata.annotations?.[ANNOTATIONS.owner];
    if (namespaceOwnership === 'ignore' || !owner || !ownership) return;
    if (!ownership.includes(owner)) {
      throw new NotAllowedError(
        `namespace: "${namespace}" belongs to ${owner} and you are not a member; choose a namespace of your own team`,
      );
    }
  };

  return {
    genai: new GenaiClient({ discovery }),
    async genaiToken(credentials) {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'genai',
      });
      return token;
    },
    async openCluster({ credentials, cluster, namespaces, signal }) {
      await authorize(credentials, genaiManifestsApplyPermission);
      const known = await transport
        .clusters(signal)
        .catch(
          requestError(
            `cluster: "${cluster}" cannot be looked up`,
            'kubernetes',
          ),
        );
      if (!known.some(({ name }) => name === cluster)) {
        throw new NotFoundError(
          `cluster: "${cluster}" is not in the kubernetes configuration; known are ${
            known.map(({ name }) => `"${name}"`).join(', ') || 'none'
          }`,
        );
      }
      const writer = createKubeWriter({ transport, cluster, signal });
      const ownership = await ownershipOf(credentials);
      for (const namespace of new Set(namespaces)) {
        await checkNamespace(writer, namespace, ownership);
      }
      return writer;
    },
  };
}
