import type { VectorStoreSpec } from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../../manifests/KubernetesObjectLike';
import { inNamespace } from '../../manifests/objects/networkPolicy';
import { storeMeta } from '../../manifests/vectorStore/identity';
import { buildStorePolicy } from '../../manifests/vectorStore/storePolicy';

/** A Milvus of the operator as far as it is written here. */
interface MilvusObject extends KubernetesObjectLike {
  spec: object;
}

const IMAGE = 'milvusdb/milvus:v2.6.11';

/** etcd loses its quorum with one of three, not with the one of one. */
const ETCD_MEMBERS = 3;

/**
 * Milvus by its operator: standalone for one replica, else a cluster. etcd and object storage run inside and are retained when
 * the resource is deleted; the operator's default deletes them.
 */
export function milvusManifest(spec: VectorStoreSpec): KubernetesObjectLike[] {
  const { name } = spec.metadata;
  const { replicas, storage } = spec.spec;
  const cluster = replicas > 1;
  const { size, storageClassName } = storage;
  const persistence = {
    persistence: {
      size,
      ...(storageClassName ? { storageClass: storageClassName } : {}),
    },
  };
  const kept = (values: object) => ({
    inCluster: { deletionPolicy: 'Retain', pvcDeletion: false, values },
  });
  const milvus: MilvusObject = {
    apiVersion: 'milvus.io/v1beta1',
    kind: 'Milvus',
    metadata: storeMeta(spec),
    spec: {
      mode: cluster ? 'cluster' : 'standalone',
      components: {
        image: IMAGE,
        imageUpdateMode: 'rollingUpgrade',
        ...(cluster
          ? {
              proxy: { replicas },
              queryNode: { replicas },
              mixCoord: { replicas: 1 },
              dataNode: { replicas: 1 },
              streamingNode: { replicas: 1 },
            }
          : { standalone: { replicas: 1 } }),
        resources: {
          requests: { cpu: '500m', memory: '2Gi' },
          limits: { memory: '4Gi' },
        },
      },
      dependencies: {
        msgStreamType: 'woodpecker',
        etcd: kept({ replicaCount: cluster ? ETCD_MEMBERS : 1 }),
        storage: kept({
          mode: cluster ? 'distributed' : 'standalone',
          ...persistence,
        }),
      },
    },
  };
  return [
    buildStorePolicy(spec, {
      matchLabels: {
        'app.kubernetes.io/instance': name,
        'app.kubernetes.io/name': 'milvus',
      },
      ports: [19_530, 9091],
      more: [
        // components speak to each other on ports that change from release to release
        {
          from: [
            {
              podSelector: {
                matchLabels: { 'app.kubernetes.io/instance': name },
              },
            },
          ],
        },
        {
          from: [inNamespace('milvus-operator')],
          ports: [{ protocol: 'TCP', port: 9091 }],
        },
      ],
    }),
    milvus,
  ];
}
