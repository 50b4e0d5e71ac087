import { observe } from '../testing/observe';
import { fixture } from '../vectorStores/__testUtils__/fixture';
import {
  detailOf,
  failures,
  probed,
  reading,
} from './__testUtils__/storeDetail';

describe('health of a Milvus', () => {
  const healthy = fixture('milvus-operator-1.3/cluster-healthy.json');
  const sick = fixture('milvus-operator-1.3/query-node-down.json');

  it('is healthy in cluster mode with data that stays', () => {
    expect(failures(detailOf(observe([healthy])).health)).toEqual([]);
  });

  it('names the component behind Unhealthy', () => {
    const { item, health } = detailOf(observe([sick]));
    expect(item).toMatchObject({
      state: 'Down',
      message: expect.stringContaining('[querynode]'),
    });
    expect(failures(health)).toContain('ComponentDown Degraded');
    expect(
      health.checks.find(({ name }) => name === 'Deployments')?.message,
    ).toBe('querynode has 0 of 2 replicas');
  });

  it('is degraded, not down, while its API answers', () => {
    const { item } = detailOf(observe([sick]), probed(reading()));
    expect(item.state).toBe('Degraded');
  });

  it('is down when the probe finds nobody, whatever the operator says', () => {
    const { item, health } = detailOf(
      observe([healthy]),
      probed(
        reading({
          checks: [
            {
              name: 'Reachable',
              outcome: 'Fail',
              impact: 'Down',
              reason: 'Unreachable',
              message: 'connection refused',
            },
          ],
          fault: {
            reason: 'Unreachable',
            message: 'connection refused',
            at: '2026-11-02T07:59:50.000Z',
          },
        }),
      ),
    );
    expect(item).toMatchObject({
      state: 'Down',
      reason: 'Unreachable',
      message: 'connection refused',
      probe: { state: 'Failed' },
    });
    expect(health.checks[0].checkedAt).toBe('2026-11-02T07:59:50.000Z');
  });

  it('minds collections that are not loaded and indexes that failed', () => {
    const { health } = detailOf(
      observe([healthy]),
      probed(
        reading({
          collectionCount: 2,
          collections: [
            { name: 'b', indexState: 'Invalid', loaded: true },
            { name: 'a', indexState: 'Ready', loaded: false },
          ],
        }),
      ),
    );
    expect(failures(health)).toEqual([
      'CollectionNotLoaded Degraded',
      'IndexInvalid Degraded',
    ]);
    expect(health.collections.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(health).toMatchObject({
      indexState: 'Invalid',
      collectionCount: 2,
    });
  });

  it('warns of what the defaults of a standalone put at risk', () => {
    const { health } = detailOf(
      observe([fixture('milvus-operator-1.3/standalone-defaults.json')]),
    );
    expect(health.state).toBe('Healthy');
    expect(failures(health)).toEqual([
      'SingleInstance Notice',
      'DataDeletedWithResource Notice',
      'EphemeralQueue Notice',
    ]);
  });

  it('reads the status of an operator that lists no components', () => {
    const { item } = detailOf(
      observe([fixture('milvus-operator-0.9/components-not-ready.json')]),
    );
    expect(item).toMatchObject({
      state: 'Down',
      reason: 'MilvusComponentNotHealthy',
      message: '[datacoord datanode proxy] not ready',
    });
  });
});
