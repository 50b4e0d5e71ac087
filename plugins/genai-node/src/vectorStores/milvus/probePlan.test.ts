import type { ProbeReading } from '../ProbePlan';
import { check, store } from '../__testUtils__/answers';
import { fixture } from '../__testUtils__/fixture';
import { answered, runPlan, silent } from '../__testUtils__/runPlan';
import { milvusProbePlan } from './probePlan';

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
