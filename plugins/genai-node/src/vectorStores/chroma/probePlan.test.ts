import type { ProbeAnswer } from '../ProbePlan';
import { check, store } from '../__testUtils__/answers';
import { fixture } from '../__testUtils__/fixture';
import { answered, runPlan, silent } from '../__testUtils__/runPlan';
import { chromaProbePlan } from './probePlan';

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
