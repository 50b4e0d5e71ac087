import type { VectorStoreSpec } from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../../manifests/KubernetesObjectLike';
import {
  storeAnnotations,
  storeLabels,
  storeMeta,
} from '../../manifests/vectorStore/identity';
import { inNamespace } from '../../manifests/objects/networkPolicy';
import { buildStorePolicy } from '../../manifests/vectorStore/storePolicy';

/** An object of CloudNativePG as far as it is written here. */
interface CnpgObject extends KubernetesObjectLike {
  spec: object;
}

/** Flavour `standard` holds pgvector; `minimal` does not. */
const IMAGE = 'ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie';
const API = 'postgresql.cnpg.io/v1';
/** Database and role of the applications; the operator writes the Secret `<name>-app`. */
const DATABASE = 'app';
const BARMAN = 'barman-cloud.cloudnative-pg.io';

/**
 * PostgreSQL with pgvector on CloudNativePG: instances on different nodes, one standby that confirms each write, data and WAL on
 * volumes of their own, the extension made by a Database object (a bootstrap statement would not reach clusters that exist).
 */
export function pgvectorManifest(
  spec: VectorStoreSpec,
): KubernetesObjectLike[] {
  const { name } = spec.metadata;
  const { backup, pooler } = spec.spec;
  return [
    policy(spec),
    cluster(spec),
    {
      apiVersion: API,
      kind: 'Database',
      metadata: storeMeta(spec, { name: `${name}-${DATABASE}` }),
      spec: {
        name: DATABASE,
        owner: DATABASE,
        cluster: { name },
        // retained: deleting this object must not drop the data
        databaseReclaimPolicy: 'retain',
        extensions: [{ name: 'vector', ensure: 'present' }],
      },
    } as CnpgObject,
    ...(backup ? [schedule(spec, backup)] : []),
    ...(pooler
      ? [
          {
            apiVersion: API,
            kind: 'Pooler',
            metadata: storeMeta(spec, { name: `${name}-pooler-rw` }),
            spec: {
              cluster: { name },
              instances: pooler.instances,
              type: 'rw',
              pgbouncer: { poolMode: 'transaction' },
            },
          } as CnpgObject,
        ]
      : []),
  ];
}

function cluster(spec: VectorStoreSpec): CnpgObject {
  const { replicas, storage, backup } = spec.spec;
  const { size, storageClassName, walSize } = storage;
  const volume = (bytes: string) => ({
    pvcTemplate: {
      accessModes: ['ReadWriteOnce'],
      ...(storageClassName ? { storageClassName } : {}),
      resources: { requests: { storage: bytes } },
    },
  });
  return {
    apiVersion: API,
    kind: 'Cluster',
    metadata: storeMeta(spec),
    spec: {
      instances: replicas,
      imageName: IMAGE,
      enableSuperuserAccess: false,
      inheritedMetadata: {
        labels: storeLabels(spec),
        annotations: storeAnnotations(spec),
      },
      bootstrap: { initdb: { database: DATABASE, owner: DATABASE } },
      postgresql: {
        parameters: {
          // builds of HNSW indexes are an order of magnitude slower when their graph does not fit
          maintenance_work_mem: '512MB',
          max_parallel_maintenance_workers: '2',
        },
        ...(replicas > 1
          ? {
              synchronous: {
                method: 'any',
                number: 1,
                // a lost standby must not stop the writes of a store that can be filled again
                dataDurability: 'preferred',
              },
            }
          : {}),
      },
      storage: volume(size),
      walStorage: volume(walSize ?? '5Gi'),
      resources: {
        // equal: Guaranteed, so that the primary is the last to be evicted
        requests: { cpu: '1', memory: '2Gi' },
        limits: { cpu: '1', memory: '2Gi' },
      },
      affinity: {
        enablePodAntiAffinity: true,
        podAntiAffinityType: 'preferred',
        topologyKey: 'kubernetes.io/hostname',
      },
      enablePDB: replicas > 1,
      ...(backup?.method === 'plugin'
        ? {
            plugins: [
              {
                name: BARMAN,
                enabled: true,
                isWALArchiver: true,
                parameters: { barmanObjectName: backup.objectStore },
              },
            ],
          }
        : {}),
      ...(backup?.method === 'volumeSnapshot'
        ? {
            backup: {
              volumeSnapshot: {
                ...(backup.volumeSnapshotClassName
                  ? { className: backup.volumeSnapshotClassName }
                  : {}),
                snapshotOwnerReference: 'backup',
              },
            },
          }
        : {}),
    },
  };
}

function schedule(
  spec: VectorStoreSpec,
  backup: NonNullable<VectorStoreSpec['spec']['backup']>,
): CnpgObject {
  const { name } = spec.metadata;
  return {
    apiVersion: API,
    kind: 'ScheduledBackup',
    metadata: storeMeta(spec, { name: `${name}-backup` }),
    spec: {
      cluster: { name },
      schedule: backup.schedule,
      immediate: true,
      // backups outlive the schedule
      backupOwnerReference: 'none',
      method: backup.method,
      ...(backup.method === 'plugin'
        ? { pluginConfiguration: { name: BARMAN } }
        : {}),
    },
  };
}

/** Clients on the port of PostgreSQL, instances among themselves, the operator on its status port. */
function policy(spec: VectorStoreSpec) {
  return buildStorePolicy(spec, {
    matchLabels: { 'cnpg.io/cluster': spec.metadata.name },
    ports: [5432, 9187],
    more: [
      {
        from: [inNamespace('cnpg-system')],
        ports: [
          { protocol: 'TCP', port: 8000 },
          { protocol: 'TCP', port: 5432 },
        ],
      },
    ],
  });
}
