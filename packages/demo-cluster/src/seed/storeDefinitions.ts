import {
  age,
  conditions,
  Definition,
  integer,
  open,
  Schema,
  text,
} from './definition';

const extended = (
  properties: Record<string, Schema>,
  required?: string[],
): Schema => ({ ...open, properties, ...(required && { required }) });

const status = extended({ conditions });
const column = (name: string, jsonPath: string, type = 'string') => ({
  name,
  type,
  jsonPath,
});
const clusterRef = extended({ name: text }, ['name']);
const method: Schema = {
  type: 'string',
  enum: ['barmanObjectStore', 'volumeSnapshot', 'plugin'],
};
const storage = extended({
  size: text,
  storageClass: text,
  pvcTemplate: open,
});
const CNPG = { group: 'postgresql.cnpg.io', version: 'v1' } as const;

/** Custom resources of vector stores' operators: CloudNativePG 1.30 and the Milvus operator 1.3; what the demo does not play is left open. */
export const STORE_DEFINITIONS: readonly Definition[] = [
  {
    ...CNPG,
    kind: 'Cluster',
    plural: 'clusters',
    scope: 'Namespaced',
    spec: extended(
      {
        instances: { type: 'integer', minimum: 1, default: 1 },
        imageName: text,
        storage,
        walStorage: storage,
        enableSuperuserAccess: { type: 'boolean', default: false },
      },
      ['instances'],
    ),
    status,
    columns: [
      age,
      column('Instances', '.status.instances', 'integer'),
      column('Ready', '.status.readyInstances', 'integer'),
      column('Status', '.status.phase'),
      column('Primary', '.status.currentPrimary'),
    ],
  },
  {
    ...CNPG,
    kind: 'Backup',
    plural: 'backups',
    scope: 'Namespaced',
    spec: extended({ cluster: clusterRef, method }, ['cluster']),
    status,
    columns: [
      age,
      column('Cluster', '.spec.cluster.name'),
      column('Phase', '.status.phase'),
    ],
  },
  {
    ...CNPG,
    kind: 'ScheduledBackup',
    plural: 'scheduledbackups',
    scope: 'Namespaced',
    spec: extended(
      {
        cluster: clusterRef,
        schedule: text,
        suspend: { type: 'boolean' },
        immediate: { type: 'boolean' },
        method,
      },
      ['cluster', 'schedule'],
    ),
    status,
    columns: [age, column('Cluster', '.spec.cluster.name')],
  },
  {
    ...CNPG,
    kind: 'Database',
    plural: 'databases',
    scope: 'Namespaced',
    spec: extended({ name: text, owner: text, cluster: clusterRef }, [
      'cluster',
      'name',
      'owner',
    ]),
    status,
    columns: [age, column('Cluster', '.spec.cluster.name')],
  },
  {
    ...CNPG,
    kind: 'Pooler',
    plural: 'poolers',
    scope: 'Namespaced',
    spec: extended({ cluster: clusterRef, instances: integer, type: text }, [
      'cluster',
    ]),
    status,
    columns: [age, column('Cluster', '.spec.cluster.name')],
  },
  {
    group: 'milvus.io',
    version: 'v1beta1',
    kind: 'Milvus',
    plural: 'milvuses',
    shortNames: ['mi'],
    scope: 'Namespaced',
    spec: extended({
      mode: {
        type: 'string',
        enum: ['cluster', 'standalone'],
        default: 'standalone',
      },
      components: open,
      dependencies: extended({ msgStreamType: text }),
      config: open,
    }),
    status: extended({
      conditions,
      status: text,
      endpoint: text,
      componentsDeployStatus: open,
    }),
    columns: [
      column('Mode', '.spec.mode'),
      column('Status', '.status.status'),
      age,
    ],
  },
];
