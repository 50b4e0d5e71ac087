import { observe } from '../testing/observe';
import { createClusterState } from '../state/createClusterState';
import { deriveNamespaces } from './deriveNamespaces';
import { deriveQuota } from './deriveQuota';

const quota = (name: string, namespace: string, spec: object = {}) => ({
  kind: 'ResourceQuota',
  metadata: { name, namespace },
  spec,
  status: {
    hard: { 'requests.nvidia.com/gpu': '8', pods: '4' },
    used: { 'requests.nvidia.com/gpu': '2', pods: '5' },
  },
});

describe('deriveQuota', () => {
  const state = observe([
    quota('all', 'team-a'),
    quota('batch', 'team-a', { scopes: ['Terminating'] }),
    quota('urgent', 'team-b', { scopes: ['PriorityClass'] }),
    quota('batch', 'team-c', { scopes: ['BestEffort'] }),
  ]);

  it('tells devices and the rest of the namespace, cluster by cluster', () => {
    const line = { cluster: 'test', namespace: 'team-a', name: 'all' };
    expect(deriveQuota([state], 'team-a')).toEqual({
      quota: [
        { ...line, resource: 'nvidia.com/gpu', hard: 8, used: 2, left: 6 },
      ],
      otherQuota: [{ ...line, resource: 'pods', hard: 4, used: 5, left: 0 }],
      quotaClusters: ['test'],
      quotaKnown: true,
    });
  });

  it('marks quotas that count only some pods, and leaves out those that count no server', () => {
    expect(deriveQuota([state], 'team-b').quota).toMatchObject([
      { name: 'urgent', someOnly: true },
    ]);
    expect(deriveQuota([state], 'team-c')).toMatchObject({
      quota: [],
      quotaClusters: [],
    });
    expect(deriveNamespaces([state], {}).items.map(({ name }) => name)).toEqual(
      ['team-a', 'team-b'],
    );
  });

  it('knows nothing without a namespace, or before quotas are read', () => {
    expect(deriveQuota([state], undefined).quotaKnown).toBe(false);
    expect(deriveQuota([createClusterState('new')], 'team-a').quotaKnown).toBe(
      false,
    );
  });
});
