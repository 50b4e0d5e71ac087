import { fixtureText } from '../__testUtils__/fixture';
import { DEFAULT_STORE_THRESHOLDS } from '../thresholds';
import { checkExtension } from './checkExtension';
import { pgvectorColumnFor } from './dimensions';
import { readExporter } from './readExporter';
import { readSqlRows, tablesToCount, type PgvectorRows } from './readSql';
import { COUNT_LIMIT, countStatement, PGVECTOR_SQL } from './sql';

const metrics = (text: string, pod = 'docs-1') => ({ pod, text });
const reasons = (...texts: string[]) =>
  readExporter(
    texts.map((text, index) => metrics(text, `docs-${index + 1}`)),
    DEFAULT_STORE_THRESHOLDS,
  )
    .filter(({ outcome }) => outcome === 'Fail')
    .map(({ reason }) => reason);

describe('readExporter', () => {
  it('finds nothing in a sound primary', () => {
    const text = fixtureText('cloudnative-pg-1.30/primary-metrics.txt');
    expect(reasons(text)).toEqual([]);
  });

  it.each([
    ['cnpg_collector_up 0', 'PostgresDown'],
    ['cnpg_collector_fencing_on 1', 'Fenced'],
    ['cnpg_collector_manual_switchover_required 1', 'ManualSwitchoverRequired'],
    [
      'cnpg_collector_pg_wal_archive_status{value="ready"} 33',
      'WalArchiveBacklog',
    ],
    [
      'cnpg_collector_sync_replicas{value="expected"} 1\ncnpg_collector_sync_replicas{value="observed"} 0',
      'SynchronousReplicaMissing',
    ],
    [
      'cnpg_pg_replication_in_recovery 1\ncnpg_pg_replication_lag 301',
      'ReplicaLagging',
    ],
  ])('judges %s', (text, reason) => {
    expect(reasons(text)).toEqual([reason]);
  });

  it('minds several instances on one node, not a single instance', () => {
    expect(reasons('cnpg_collector_nodes_used 1')).toEqual([]);
    expect(
      reasons('cnpg_collector_nodes_used 1', 'cnpg_collector_nodes_used 1'),
    ).toEqual(['SingleNode']);
    expect(reasons('cnpg_collector_nodes_used 2', '')).toEqual([]);
  });

  it('says nothing of what is not there, nor of -1', () => {
    expect(readExporter([metrics('')], DEFAULT_STORE_THRESHOLDS)).toEqual([]);
    expect(
      reasons(
        'cnpg_collector_sync_replicas{value="expected"} -1\ncnpg_pg_replication_lag 900',
      ),
    ).toEqual([]);
  });
});

describe('checkExtension', () => {
  it.each([
    ['0.8.2', 'Fail'],
    ['0.7.4', 'Fail'],
    ['0.8.3', 'Pass'],
    ['0.8.10', 'Pass'],
    ['0.9', 'Pass'],
    ['1.0.0-beta', 'Pass'],
  ])('of %s', (version, outcome) => {
    expect(checkExtension(version).outcome).toBe(outcome);
  });
});

describe('pgvectorColumnFor', () => {
  it.each([
    [384, { type: 'vector', indexable: true }],
    [2000, { type: 'vector', indexable: true }],
    [2001, { type: 'halfvec', indexable: true }],
    [4000, { type: 'halfvec', indexable: true }],
    [4001, { type: 'vector', indexable: false }],
    [16_000, { type: 'vector', indexable: false }],
  ])('of %s dimensions', (dimension, expected) => {
    expect(pgvectorColumnFor(dimension)).toMatchObject(expected);
  });

  it.each([0, -1, 1.5, 16_001, NaN])('cannot keep %s', dimension => {
    expect(pgvectorColumnFor(dimension)).toBeUndefined();
  });
});

describe('readSqlRows', () => {
  const column = {
    schema_name: 'public',
    table_name: 'chunks',
    column_name: 'embedding',
    type_name: 'vector',
    dimension: 1024,
    quoted_name: 'public.chunks',
    estimated_count: 5000,
    live_count: 5100,
    dead_count: 0,
    comment: 'embedding_model=BAAI/bge-m3',
  };
  const index = {
    schema_name: 'public',
    table_name: 'chunks',
    column_name: 'embedding',
    index_name: 'chunks_embedding_idx',
    method: 'hnsw',
    operator_class: 'vector_cosine_ops',
    is_valid: true,
    is_ready: true,
  };
  const rows: PgvectorRows = {
    version: [{ server_version: '18.6', extension_version: '0.8.6' }],
    columns: [column],
    indexes: [index],
    builds: [],
    counts: {},
  };
  const read = (more: Partial<PgvectorRows> = {}) =>
    readSqlRows({ ...rows, ...more }, 7, DEFAULT_STORE_THRESHOLDS);
  const failed = (more: Partial<PgvectorRows>) =>
    read(more)
      .checks.filter(({ outcome }) => outcome === 'Fail')
      .map(({ reason }) => reason);

  it('reads a sound database', () => {
    expect(read()).toMatchObject({
      latencyMs: 7,
      reportedVersion: 'PostgreSQL 18.6, pgvector 0.8.6',
      collectionCount: 1,
      collections: [
        {
          name: 'chunks',
          dimension: 1024,
          metric: 'cosine',
          count: { value: 5100, grade: 'estimated' },
          indexState: 'Ready',
          indexKind: 'hnsw',
          embeddingModel: 'BAAI/bge-m3',
        },
      ],
    });
    expect(failed({})).toEqual([]);
  });

  it('is down without the extension', () => {
    const version = [{ server_version: '18.6', extension_version: null }];
    expect(failed({ version })).toEqual(['ExtensionMissing']);
    expect(read({ version: [] }).reportedVersion).toBeUndefined();
  });

  it('names an invalid index, but not one that is being built', () => {
    const broken = { ...index, is_valid: false };
    expect(failed({ indexes: [broken] })).toEqual(['IndexInvalid']);
    expect(read({ indexes: [broken] }).collections[0].indexState).toBe(
      'Invalid',
    );
    const builds = [
      {
        index_name: index.index_name,
        phase: 'building index: loading tuples',
        done_ratio: 0.5,
      },
    ];
    expect(failed({ indexes: [broken], builds })).toEqual([]);
    expect(read({ indexes: [broken], builds }).collections[0]).toMatchObject({
      indexState: 'Building',
      message: 'building index: loading tuples, 50 %',
    });
  });

  it('takes an index for one that is being built where its role may not see how far it is', () => {
    const broken = { ...index, is_valid: false };
    const builds = [
      { index_name: index.index_name, phase: null, done_ratio: null },
    ];
    expect(failed({ indexes: [broken], builds })).toEqual([]);
    const [collection] = read({ indexes: [broken], builds }).collections;
    expect(collection.indexState).toBe('Building');
    expect(collection).not.toHaveProperty('message');
  });

  it('sees a column without index, in a schema of its own', () => {
    const columns = [{ ...column, schema_name: 'rag', dimension: null }];
    const [collection] = read({ columns }).collections;
    expect(collection).toMatchObject({
      name: 'rag.chunks',
      indexState: 'Missing',
    });
    expect(collection).not.toHaveProperty('dimension');
    expect(read({ indexes: [] }).checks).not.toContainEqual(
      expect.objectContaining({ name: 'Indexes' }),
    );
  });

  it('counts what has no statistics, and no more than the limit', () => {
    const fresh = { ...column, estimated_count: -1, live_count: null };
    expect(tablesToCount([column, fresh, fresh])).toEqual(['public.chunks']);
    const counted = (count: number) =>
      read({ columns: [fresh], counts: { 'public.chunks': count } })
        .collections[0].count;
    expect(counted(3)).toEqual({ value: 3, grade: 'measured' });
    expect(counted(COUNT_LIMIT + 1)).toEqual({
      value: COUNT_LIMIT,
      grade: 'estimated',
    });
    expect(read({ columns: [fresh] }).collections[0]).not.toHaveProperty(
      'count',
    );
  });

  it('notices an index full of dead rows', () => {
    const columns = [{ ...column, live_count: 2_000, dead_count: 1_500 }];
    expect(failed({ columns })).toEqual(['DeadRows']);
    expect(failed({ columns, indexes: [] })).toEqual([]);
  });
});

it('asks by statements that only read', () => {
  const all = [
    ...Object.values(PGVECTOR_SQL),
    countStatement('public."odd; DROP TABLE x"'),
  ];
  for (const sql of all) expect(sql).toMatch(/^SELECT /);
});
