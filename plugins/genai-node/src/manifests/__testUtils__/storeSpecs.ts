import type { VectorStoreSpec } from '@promptside/backstage-plugin-genai-common';

/** A spec with what every store has. */
export function specOf(
  name: string,
  spec: Partial<VectorStoreSpec['spec']> &
    Pick<VectorStoreSpec['spec'], 'engine'>,
): VectorStoreSpec {
  return {
    apiVersion: 'promptside.io/v1',
    kind: 'VectorStore',
    metadata: { name, owner: 'group:default/team-search' },
    spec: {
      target: { cluster: 'demo', namespace: 'team-search' },
      replicas: 1,
      storage: { size: '20Gi' },
      ...spec,
    },
  };
}

/** A spec of each engine and shape. */
export const STORE_SPECS: Record<string, VectorStoreSpec> = {
  chroma: specOf('handbook', {
    engine: 'chroma',
    clients: ['team-chat', 'team-search'],
    storage: { size: '20Gi', storageClassName: 'fast' },
  }),
  'pgvector-with-barman': specOf('documents', {
    engine: 'pgvector',
    replicas: 3,
    storage: { size: '50Gi', walSize: '10Gi' },
    backup: {
      schedule: '0 0 2 * * *',
      method: 'plugin',
      objectStore: 'backups',
    },
    pooler: { instances: 2 },
  }),
  'pgvector-with-snapshots': specOf('notes', {
    engine: 'pgvector',
    replicas: 3,
    backup: {
      schedule: '0 30 */6 * * *',
      method: 'volumeSnapshot',
      volumeSnapshotClassName: 'csi-snapshots',
    },
  }),
  'milvus-standalone': specOf('products', { engine: 'milvus' }),
  'milvus-cluster': specOf('images', { engine: 'milvus', replicas: 2 }),
};
