import { checkSchema } from '@promptside/backstage-plugin-genai-common';
import { fixture, fixtureText } from './__testUtils__/fixture';
import { answered, POD, runPlan, silent } from './__testUtils__/runPlan';
import { chromaProbePlan } from './chroma/probePlan';
import { milvusProbePlan } from './milvus/probePlan';
import { pgvectorProbePlan } from './pgvector/probePlan';
import type { ProbeAnswer, ProbeReading, ProbeRequest } from './ProbePlan';
import { qdrantProbePlan } from './qdrant/probePlan';
import { allVectorStores } from './registry';
import { weaviateProbePlan } from './weaviate/probePlan';

/** The check of that name. */
function check(reading: ProbeReading, name: string) {
  return reading.checks.find(other => other.name === name);
}

/** Answers by path; what is not there is 404. */
function store(paths: Record<string, ProbeAnswer>) {
  return ({ path }: ProbeRequest) =>
    paths[path.split('?')[0]] ?? answered({ status: 404, body: 'no' });
}

const BASE =
  '/api/v2/tenants/default_tenant/databases/default_database/collections';

describe('the probe of Chroma', () => {
  const sound = {
    '/api/v2/heartbeat': answered({ body: { 'nanosecond heartbeat': 1 } }),
    '/api/v2/healthcheck': answered({
      body: { is_executor_ready: true, is_log_client_ready: true },
    }),
    '/api/v2/version': answered({ body: '"1.0.0"' }),
    [BASE]: answered({ body: fixture('chroma-1.5/collections.json') }),
    [`${BASE}/6c1f1d0e-3f3a-4d0e-9f0a-000000000001/count`]: answered({
      body: '210',
    }),
  };

  it('reads collections with their counts', () => {
    const { reading, asked } = runPlan(chromaProbePlan, store(sound));
    expect(reading).toMatchObject({
      reportedVersion: '1.0.0',
      collectionCount: 2,
      latencyMs: 4,
      collections: [
        {
          name: 'handbook',
          dimension: 1024,
          metric: 'cosine',
          count: { value: 210, grade: 'measured' },
          embeddingModel: 'BAAI/bge-m3',
        },
        { name: 'empty', metric: 'l2', indexState: 'Unknown' },
      ],
    });
    expect(reading.collections[1]).not.toHaveProperty('dimension');
    expect(reading.collections[1]).not.toHaveProperty('count');
    expect(asked.every(({ body }) => body === undefined)).toBe(true);
  });

  it('is down when it cannot be reached, and asks no more', () => {
    const { reading, asked } = runPlan(chromaProbePlan, () =>
      silent('Unreachable'),
    );
    expect(check(reading, 'Reachable')).toMatchObject({
      outcome: 'Fail',
      impact: 'Down',
      reason: 'Unreachable',
    });
    expect(reading.fault?.reason).toBe('Unreachable');
    expect(asked).toHaveLength(4);
  });

  it('is degraded when it is late, and unknown when the portal may not ask', () => {
    const late = runPlan(chromaProbePlan, () => silent('Timeout')).reading;
    expect(check(late, 'Reachable')).toMatchObject({ impact: 'Degraded' });
    const barred = runPlan(chromaProbePlan, () =>
      silent('Forbidden', 'Portal'),
    ).reading;
    expect(check(barred, 'Reachable')).toMatchObject({
      outcome: 'Unknown',
      reason: 'Forbidden',
    });
  });

  it('names the part that is not ready behind a good heartbeat', () => {
    const { reading } = runPlan(
      chromaProbePlan,
      store({
        ...sound,
        '/api/v2/healthcheck': answered({
          status: 503,
          body: { is_executor_ready: false, is_log_client_ready: true },
        }),
      }),
    );
    expect(check(reading, 'Components')).toMatchObject({
      outcome: 'Fail',
      message: expect.stringContaining('executor'),
    });
  });

  it.each<[string, Record<string, ProbeAnswer>, object]>([
    [
      'wants credentials',
      { [BASE]: answered({ status: 401, body: 'no' }) },
      { outcome: 'Unknown', reason: 'Unauthorized' },
    ],
    [
      'answers no JSON',
      { [BASE]: answered({ body: '<html>' }) },
      { outcome: 'Unknown', reason: 'InvalidResponse' },
    ],
    [
      'breaks off',
      { [BASE]: silent('Timeout') },
      { outcome: 'Unknown', reason: 'Timeout' },
    ],
  ])('knows no collections when it %s', (_, changed, expected) => {
    const { reading } = runPlan(
      chromaProbePlan,
      store({ ...sound, ...changed }),
    );
    expect(check(reading, 'Collections')).toMatchObject(expected);
    expect(reading).not.toHaveProperty('collectionCount');
  });

  it('says of a server without API v2 that it is too old, not that it is down', () => {
    const { reading } = runPlan(chromaProbePlan, store({}));
    expect(check(reading, 'Reachable')?.outcome).toBe('Pass');
    expect(check(reading, 'Collections')?.reason).toBe('OldApi');
  });

  it('is down when it answers with a fault of its own', () => {
    const { reading } = runPlan(chromaProbePlan, () =>
      answered({ status: 500, body: 'disk I/O error' }),
    );
    expect(check(reading, 'Reachable')).toMatchObject({
      impact: 'Down',
      reason: 'ServerError',
    });
  });
});

describe('the probe of Milvus', () => {
  const api = (path: string) => `/v2/vectordb/${path}`;
  const sound = {
    '/healthz': answered({ body: 'OK' }),
    [api('collections/list')]: answered({
      body: { code: 0, data: ['handbook'] },
    }),
    [api('collections/describe')]: answered({
      body: fixture('milvus-2.6/describe.json'),
    }),
    [api('collections/get_stats')]: answered({
      body: { code: 0, data: { rowCount: 1200 } },
    }),
    [api('collections/get_load_state')]: answered({
      body: {
        code: 0,
        data: { loadState: 'LoadStateLoaded', loadProgress: 100 },
      },
    }),
    [api('indexes/describe')]: answered({
      body: fixture('milvus-2.6/index.json'),
    }),
  };

  it('reads dimension, metric, rows, index and load', () => {
    const { reading, asked } = runPlan(milvusProbePlan, store(sound));
    expect(reading.collections).toEqual([
      {
        name: 'handbook',
        dimension: 1024,
        metric: 'cosine',
        count: { value: 1200, grade: 'estimated' },
        indexState: 'Ready',
        indexKind: 'hnsw',
        loaded: true,
        embeddingModel: 'BAAI/bge-m3',
      },
    ]);
    // nothing that is asked can change anything
    expect(asked.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([
      'describe',
      'describe',
      'get_load_state',
      'get_stats',
      'healthz',
      'list',
    ]);
  });

  it('takes the code of the body, not the status', () => {
    const { reading } = runPlan(
      milvusProbePlan,
      store({
        ...sound,
        [api('collections/list')]: answered({
          body: { code: 65535, message: 'no available mixcoord' },
        }),
      }),
    );
    expect(check(reading, 'Collections')).toMatchObject({
      outcome: 'Fail',
      impact: 'Degraded',
      reason: 'ApiError',
      message: expect.stringContaining('no available mixcoord'),
    });
  });

  it('wants credentials by code 1800', () => {
    const { reading } = runPlan(
      milvusProbePlan,
      store({
        ...sound,
        [api('collections/list')]: answered({ body: { code: 1800 } }),
      }),
    );
    expect(check(reading, 'Collections')?.outcome).toBe('Unknown');
  });

  it('names components that are not healthy, whatever the status', () => {
    const body = fixture('milvus-2.6/healthz-query-coord-down.json');
    for (const status of [200, 500]) {
      const { reading } = runPlan(
        milvusProbePlan,
        store({ ...sound, '/healthz': answered({ status, body }) }),
      );
      expect(check(reading, 'Components')).toMatchObject({
        impact: 'Degraded',
        message: 'Not healthy: querycoord',
      });
    }
    const bare = runPlan(
      milvusProbePlan,
      store({ ...sound, '/healthz': answered({ status: 500, body: '' }) }),
    ).reading;
    expect(check(bare, 'Components')?.message).toContain('500');
  });

  it('is down when neither port answers, and when only the API does not', () => {
    const neither = runPlan(milvusProbePlan, () => silent('Unreachable'));
    expect(check(neither.reading, 'Reachable')?.impact).toBe('Down');
    const { reading } = runPlan(
      milvusProbePlan,
      store({ ...sound, [api('collections/list')]: silent('Unreachable') }),
    );
    expect(check(reading, 'Reachable')).toMatchObject({
      impact: 'Down',
      message: expect.stringContaining('The management port answers'),
    });
    const noHealth = runPlan(
      milvusProbePlan,
      store({ ...sound, '/healthz': silent('NotInstalled', 'Portal') }),
    ).reading;
    expect(check(noHealth, 'Components')?.outcome).toBe('Unknown');
    expect(check(noHealth, 'Reachable')?.outcome).toBe('Pass');
  });

  it('sees collections that are loading, without index or with a broken one', () => {
    const states = (
      load: object,
      describe: object,
      index: object,
    ): ProbeReading['collections'][number] =>
      runPlan(
        milvusProbePlan,
        store({
          ...sound,
          [api('collections/get_load_state')]: answered({
            body: { code: 0, data: load },
          }),
          [api('collections/describe')]: answered({
            body: { code: 0, data: describe },
          }),
          [api('indexes/describe')]: answered({ body: index }),
        }),
      ).reading.collections[0];
    expect(
      states(
        { loadState: 'LoadStateLoading', loadProgress: 40 },
        { indexes: [], fields: [] },
        { code: 700 },
      ),
    ).toMatchObject({
      loaded: false,
      message: '40 % loaded',
      indexState: 'Missing',
    });
    expect(
      states(
        { loadState: 'LoadStateNotLoad' },
        {},
        {
          code: 0,
          data: [{ indexState: 'Failed', failReason: 'out of memory' }],
        },
      ),
    ).toMatchObject({
      loaded: false,
      indexState: 'Invalid',
      message: 'out of memory',
    });
    expect(states({}, {}, { code: 1 }).indexState).toBe('Unknown');
  });
});

describe('the probe of Qdrant', () => {
  const sound = {
    '/readyz': answered({ body: 'all shards are ready' }),
    '/': answered({ body: { title: 'qdrant', version: '1.17.0' } }),
    '/cluster': answered({ body: { result: { status: 'disabled' } } }),
    '/collections': answered({
      body: { result: { collections: [{ name: 'handbook' }] } },
    }),
    '/collections/handbook': answered({
      body: fixture('qdrant-1.17/collection.json'),
    }),
  };

  it('reads colour, size and distance', () => {
    const { reading } = runPlan(qdrantProbePlan, store(sound));
    expect(reading).toMatchObject({
      reportedVersion: '1.17.0',
      collections: [
        {
          name: 'handbook',
          dimension: 768,
          metric: 'cosine',
          count: { value: 1000, grade: 'estimated' },
          indexState: 'Building',
        },
      ],
    });
  });

  it.each<[string, object, string | undefined]>([
    [
      'that messages do not reach',
      { status: 'enabled', message_send_failures: { 'http://b:6335': {} } },
      'PeerUnreachable',
    ],
    [
      'without a leader',
      { status: 'enabled', raft_info: { leader: null } },
      'NoLeader',
    ],
    ['that agree', { status: 'enabled', raft_info: { leader: 7 } }, undefined],
  ])('judges peers %s', (_, result, reason) => {
    const { reading } = runPlan(
      qdrantProbePlan,
      store({ ...sound, '/cluster': answered({ body: { result } }) }),
    );
    expect(check(reading, 'Peers')?.reason).toBe(reason);
  });

  it('takes the first of several named vectors, and the error of an optimiser', () => {
    const { reading } = runPlan(
      qdrantProbePlan,
      store({
        ...sound,
        '/collections/handbook': answered({
          body: {
            result: {
              status: 'green',
              optimizer_status: { error: 'no space left on device' },
              config: { params: { vectors: { text: { size: 384 } } } },
            },
          },
        }),
      }),
    );
    expect(reading.collections[0]).toMatchObject({
      dimension: 384,
      indexState: 'Invalid',
      message: 'no space left on device',
    });
  });

  it('knows no collections without its key, and nothing when it is gone', () => {
    const barred = answered({ status: 403, body: 'Must provide an API key' });
    const { reading } = runPlan(
      qdrantProbePlan,
      store({ ...sound, '/collections': barred }),
    );
    expect(check(reading, 'Collections')?.reason).toBe('Unauthorized');
    const gone = runPlan(qdrantProbePlan, () => silent('Unreachable'));
    expect(gone.reading.fault).toBeDefined();
  });
});

describe('the probe of Weaviate', () => {
  const sound = {
    '/v1/.well-known/ready': answered({ body: '' }),
    '/v1/meta': answered({ body: { version: '1.34.0' } }),
    '/v1/nodes': answered({ body: fixture('weaviate-1.34/nodes.json') }),
    '/v1/schema': answered({ body: fixture('weaviate-1.34/schema.json') }),
  };

  it('reads classes from schema and shards, and names a sick node', () => {
    const { reading } = runPlan(weaviateProbePlan, store(sound));
    expect(reading.collections).toEqual([
      {
        name: 'Handbook',
        metric: 'cosine',
        count: { value: 120, grade: 'estimated' },
        indexState: 'Building',
        indexKind: 'hnsw',
        message: '40 vectors wait for their index',
        embeddingModel: 'BAAI/bge-m3',
      },
    ]);
    expect(check(reading, 'Peers')).toMatchObject({
      impact: 'Degraded',
      message: 'weaviate-1 is UNAVAILABLE',
    });
  });

  it.each([
    ['READY', 'Ready'],
    ['READONLY', 'Invalid'],
    ['DREAMING', 'Unknown'],
  ])('reads shards that are %s as %s', (vectorIndexingStatus, indexState) => {
    const shards = [{ class: 'Handbook', vectorIndexingStatus }];
    const nodes = [{ name: 'a', status: 'HEALTHY', shards }];
    const { reading } = runPlan(
      weaviateProbePlan,
      store({ ...sound, '/v1/nodes': answered({ body: { nodes } }) }),
    );
    expect(reading.collections[0].indexState).toBe(indexState);
    expect(check(reading, 'Peers')?.outcome).toBe('Pass');
  });

  it('knows no classes without its key, and nothing when it is gone', () => {
    const { reading } = runPlan(
      weaviateProbePlan,
      store({
        '/v1/.well-known/ready': sound['/v1/.well-known/ready'],
        '/v1/schema': answered({ status: 401, body: {} }),
      }),
    );
    expect(check(reading, 'Collections')?.reason).toBe('Unauthorized');
    expect(check(reading, 'Peers')).toBeUndefined();
    const gone = runPlan(weaviateProbePlan, () => silent('Unreachable'));
    expect(gone.reading.fault).toBeDefined();
  });
});

describe('the probe of a CloudNativePG cluster', () => {
  const cluster = { ...POD, resource: 'cnpgclusters' as const };
  const text = fixtureText('cloudnative-pg-1.30/primary-metrics.txt');

  it('asks the exporter of each instance', () => {
    const { reading, asked } = runPlan(
      pgvectorProbePlan,
      () => [
        { ...answered({ body: text }), pod: 'docs-1' },
        { ...silent('Timeout'), pod: 'docs-2' },
      ],
      cluster,
    );
    expect(asked).toEqual([{ port: 9187, path: '/metrics', eachPod: true }]);
    expect(reading.checks.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['Exporter', 'Pass'],
      ['Instances', 'Pass'],
      ['Fencing', 'Pass'],
      ['Switchover', 'Pass'],
      ['WalArchive', 'Pass'],
      ['SynchronousReplicas', 'Pass'],
    ]);
  });

  it('never calls the database down for a silent exporter', () => {
    const { reading } = runPlan(
      pgvectorProbePlan,
      () => [silent('Unreachable')],
      cluster,
    );
    expect(reading.checks).toEqual([
      expect.objectContaining({ name: 'Exporter', impact: 'Notice' }),
    ]);
    const none = runPlan(pgvectorProbePlan, () => [], cluster).reading;
    expect(none.notProbed).toContain('No instance is ready');
    const odd = runPlan(
      pgvectorProbePlan,
      () => [answered({ status: 404, body: '' })],
      cluster,
    ).reading;
    expect(odd.checks[0].outcome).toBe('Unknown');
  });

  it('asks nothing of a plain PostgreSQL', () => {
    const { reading, asked } = runPlan(pgvectorProbePlan, () => []);
    expect(asked).toEqual([]);
    expect(reading.notProbed).toContain('genai.vectorStores.sql');
  });
});

it('gives checks that the contract takes, and no request that writes', () => {
  const checkedAt = '2026-11-02T08:00:00.000Z';
  for (const { probePlan, engine } of allVectorStores()) {
    for (const answer of [
      answered({ body: {} }),
      answered({ body: [] }),
      answered({ body: 'null' }),
      answered({ status: 500, body: 'oops' }),
      silent('Timeout'),
    ]) {
      const { reading, asked } = runPlan(probePlan!, () => answer);
      for (const each of reading.checks) {
        expect(checkSchema.parse({ checkedAt, ...each }).name).toBe(each.name);
      }
      const posts = asked.filter(({ body }) => body !== undefined);
      expect(posts.length === 0 || engine === 'milvus').toBe(true);
    }
  }
});
