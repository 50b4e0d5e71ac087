import { check, store } from '../__testUtils__/answers';
import { fixture } from '../__testUtils__/fixture';
import { answered, runPlan, silent } from '../__testUtils__/runPlan';
import { weaviateProbePlan } from './probePlan';

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
