import { ANNOTATIONS, LABELS } from '@promptside/backstage-plugin-genai-common';
import { SERVING_NAMESPACE } from './namespaces';
import { seedObject, SeedObject } from './SeedObject';

const namespace = SERVING_NAMESPACE;
const labels = { [LABELS.purpose]: 'vector-store' };
const annotations = { [ANNOTATIONS.owner]: 'group:default/platform' };

/** Vector stores of operators: a CloudNativePG cluster with backups, and a Milvus that only plays its protocol. */
export function storeObjects(): SeedObject[] {
  return [
    seedObject(
      'postgresql.cnpg.io/v1',
      'Cluster',
      'clusters',
      { name: 'handbook-pg', namespace, labels, annotations },
      {
        spec: {
          instances: 3,
          imageName: 'ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie',
          storage: {
            pvcTemplate: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '20Gi' } },
            },
          },
          walStorage: { size: '5Gi' },
          postgresql: {
            synchronous: {
              method: 'any',
              number: 1,
              dataDurability: 'preferred',
            },
          },
          resources: {
            requests: { cpu: '500m', memory: '1Gi' },
            limits: { cpu: '500m', memory: '1Gi' },
          },
        },
      },
    ),
    seedObject(
      'postgresql.cnpg.io/v1',
      'ScheduledBackup',
      'scheduledbackups',
      { name: 'handbook-pg-daily', namespace },
      {
        spec: {
          cluster: { name: 'handbook-pg' },
          schedule: '0 0 2 * * *',
          method: 'volumeSnapshot',
          backupOwnerReference: 'self',
        },
      },
    ),
    seedObject(
      'milvus.io/v1beta1',
      'Milvus',
      'milvuses',
      {
        name: 'products',
        namespace,
        labels,
        annotations: { ...annotations, [ANNOTATIONS.simulated]: 'true' },
      },
      {
        spec: {
          mode: 'standalone',
          components: { image: 'milvusdb/milvus:v2.6.11' },
          dependencies: {
            msgStreamType: 'woodpecker',
            etcd: { inCluster: { deletionPolicy: 'Retain' } },
            storage: { inCluster: { deletionPolicy: 'Retain' } },
          },
        },
      },
    ),
  ];
}
