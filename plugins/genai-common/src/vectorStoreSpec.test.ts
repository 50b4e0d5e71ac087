import { problemsOf } from './__testUtils__/problemsOf';
import {
  storeBackupPlanSchema,
  vectorStoreSpecSchema,
} from './vectorStoreSpec';

const BACKUP = {
  schedule: '0 0 3 * * *',
  method: 'plugin',
  objectStore: 'backups',
};

/** A store of the engine with parts of its spec added. */
function storeOf(engine: string, parts: Record<string, unknown> = {}) {
  return {
    apiVersion: 'promptside.io/v1',
    kind: 'VectorStore',
    metadata: { name: 'docs', owner: 'group:default/team-search' },
    spec: {
      engine,
      target: { cluster: 'demo', namespace: 'team-search' },
      replicas: 1,
      storage: { size: '20G' },
      ...parts,
    },
  };
}

const problems = (engine: string, parts?: Record<string, unknown>) =>
  problemsOf(vectorStoreSpecSchema, storeOf(engine, parts));

describe('the spec of a vector store', () => {
  it.each<[string, Record<string, unknown>]>([
    ['chroma', {}],
    ['milvus', { replicas: 3 }],
    [
      'pgvector',
      {
        replicas: 3,
        storage: { size: '20G', walSize: '5G', storageClassName: 'fast' },
        backup: BACKUP,
        pooler: { instances: 2 },
        clients: ['team-chat'],
      },
    ],
  ])('takes %s with %j', (engine, parts) => {
    const spec = storeOf(engine, parts);
    expect(vectorStoreSpecSchema.parse(spec)).toEqual(spec);
  });

  it('refuses a second replica of Chroma, which would be a second store', () => {
    expect(problems('chroma', { replicas: 2 })).toEqual([
      'spec.replicas: Chroma does not replicate: more replicas are more stores. Take 1, or pgvector or Milvus',
    ]);
  });

  it.each(['chroma', 'milvus'])(
    'refuses of %s all that PostgreSQL alone has, each by its field',
    engine => {
      expect(
        problems(engine, {
          storage: { size: '20G', walSize: '5G' },
          backup: BACKUP,
          pooler: { instances: 1 },
        }),
      ).toEqual([
        'spec.backup: only pgvector on CloudNativePG has it',
        'spec.pooler: only pgvector on CloudNativePG has it',
        'spec.storage.walSize: only PostgreSQL has it',
      ]);
    },
  );

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no replica', { replicas: 0 }, /^spec\.replicas: /],
    [
      'storage of nothing',
      { storage: { size: '0' } },
      /^spec\.storage\.size: /,
    ],
    [
      'a size in words',
      { storage: { size: '20 GB' } },
      /^spec\.storage\.size: must be a Kubernetes quantity/,
    ],
    [
      'a client that is no namespace',
      { clients: ['Team'] },
      /^spec\.clients\.0/,
    ],
    ['a field it does not know', { replica: 2 }, /^spec: .*replica/],
  ])('refuses %s', (_, parts, message) => {
    expect(problems('pgvector', parts)).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it('refuses an engine that the golden path does not make', () => {
    expect(problems('weaviate')).toEqual([
      expect.stringMatching(/^spec\.engine: /),
    ]);
  });
});

describe('the backups of a store', () => {
  it.each([
    BACKUP,
    { schedule: '0 */15 1-5 1,15 * MON-FRI', method: 'volumeSnapshot' },
    {
      schedule: '0 0 3 ? * SUN',
      method: 'volumeSnapshot',
      volumeSnapshotClassName: 'csi',
    },
  ])('are %j', backup => {
    expect(storeBackupPlanSchema.parse(backup)).toEqual(backup);
  });

  it.each([
    { ...BACKUP, objectStore: undefined },
    { ...BACKUP, method: 'volumeSnapshot' },
  ])('are not %j: plugin and object store go together', backup => {
    expect(problemsOf(storeBackupPlanSchema, backup)).toEqual([
      'objectStore goes with the method plugin, and the plugin needs it',
    ]);
  });

  it.each(['0 3 * * *', '0 0 3 * * * *', '@daily', '0 0 3 * * *; rm -rf /'])(
    'do not run at %j, which has not six fields',
    schedule => {
      expect(
        problemsOf(storeBackupPlanSchema, { ...BACKUP, schedule }),
      ).toEqual(['schedule: must be a cron expression of six fields']);
    },
  );
});
