import type {
  RagSpec,
  SecretKey,
} from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { ragMeta } from './identity';

/** Tag and flavour are pinned; the operator replaces instances one by one when the tag changes. */
const IMAGE = 'ghcr.io/cloudnative-pg/postgresql:18.6-minimal-trixie';

/** A Cluster of CloudNativePG as we write it. */
interface PostgresObject extends KubernetesObjectLike {
  spec: object;
}

/** Name of the PostgreSQL cluster with the chat history. */
export function historyClusterName({ metadata }: RagSpec): string {
  return `${metadata.name}-history`;
}

/** Where the connection string lies; undefined where the service remembers nothing. */
export function historySecretOf(spec: RagSpec): SecretKey | undefined {
  const { history } = spec.spec;
  return history?.create
    ? { name: `${historyClusterName(spec)}-app`, key: 'uri' }
    : history?.urlSecret;
}

/** PostgreSQL on CloudNativePG for the chat history. With two instances or more one of them confirms each write. */
export function buildHistoryCluster(spec: RagSpec): PostgresObject[] {
  const create = spec.spec.history?.create;
  if (!create) return [];
  const { instances, size, storageClassName } = create;
  return [
    {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      metadata: ragMeta(spec, 'query-api', { name: historyClusterName(spec) }),
      spec: {
        instances,
        imageName: IMAGE,
        enableSuperuserAccess: false,
        bootstrap: { initdb: { database: 'history', owner: 'history' } },
        ...(instances > 1
          ? {
              postgresql: {
                // Answers go on without a replica: the history is worth less than the service.
                synchronous: {
                  method: 'any',
                  number: 1,
                  dataDurability: 'preferred',
                },
              },
            }
          : {}),
        storage: {
          pvcTemplate: {
            accessModes: ['ReadWriteOnce'],
            ...(storageClassName ? { storageClassName } : {}),
            resources: { requests: { storage: size } },
          },
        },
        resources: {
          requests: { cpu: '250m', memory: '512Mi' },
          limits: { memory: '512Mi' },
        },
        affinity: {
          podAntiAffinityType: 'preferred',
          topologyKey: 'kubernetes.io/hostname',
        },
      },
    },
  ];
}
