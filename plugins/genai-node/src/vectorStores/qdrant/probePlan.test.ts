import { check, store } from '../__testUtils__/answers';
import { fixture } from '../__testUtils__/fixture';
import { answered, runPlan, silent } from '../__testUtils__/runPlan';
import { qdrantProbePlan } from './probePlan';

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
