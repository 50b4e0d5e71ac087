import type {
  Fault,
  ResourceSync,
  ResourceSyncState,
} from '@promptside/backstage-plugin-genai-common';
import { clusterStatus } from './clusterStatus';

const fault: Fault = {
  reason: 'Unreachable',
  message: 'connect ECONNREFUSED',
  at: '2026-01-01T00:00:00.000Z',
};

function sync(state: ResourceSyncState, more?: Partial<ResourceSync>) {
  return { resource: state.toLowerCase(), state, ...more };
}

function status(
  needed: ResourceSync[],
  optional: ResourceSync[] = [],
  unreachable?: Fault,
) {
  return clusterStatus({
    name: 'one',
    version: 3,
    include: 'NotLive',
    unreachable,
    resources: [
      ...needed.map(s => ({ needed: true, sync: s })),
      ...optional.map(s => ({ needed: false, sync: s })),
    ],
  });
}

describe('clusterStatus', () => {
  it.each<[string, ResourceSyncState[]]>([
    ['Live', ['Live', 'Live']],
    ['Syncing', ['Syncing', 'Syncing']],
    ['Syncing', ['Syncing', 'Live']],
    ['Syncing', ['Syncing', 'Failed']],
    ['Unavailable', ['Failed', 'Failed']],
    ['Unavailable', ['Forbidden', 'Failed']],
    ['Degraded', ['Live', 'Forbidden']],
    ['Degraded', ['Live', 'Failed']],
    ['Degraded', ['Live', 'NotInstalled']],
    ['Stale', ['Live', 'Stale']],
    ['Stale', ['Forbidden', 'Stale']],
  ])('is %s when the needed resources are %j', (expected, states) => {
    expect(status(states.map(state => sync(state))).state).toBe(expected);
  });

  it('is Live without optional resources, and says that they are missing', () => {
    const answer = status(
      [sync('Live')],
      [sync('NotInstalled'), sync('Forbidden', { fault })],
    );
    expect(answer).toMatchObject({
      state: 'Live',
      resources: [{ state: 'NotInstalled' }, { state: 'Forbidden' }],
    });
    expect(answer).not.toHaveProperty('fault');
  });

  it('is Unavailable with its own fault when nothing answers', () => {
    expect(status([sync('Syncing')], [], fault)).toMatchObject({
      state: 'Unavailable',
      fault,
    });
  });

  it('is as fresh as its oldest needed resource', () => {
    const answer = status(
      [
        sync('Live', { heardAt: '2026-01-01T00:00:05.000Z' }),
        sync('Live', { heardAt: '2026-01-01T00:00:02.000Z' }),
        sync('Forbidden'),
      ],
      [sync('Live', { heardAt: '2025-01-01T00:00:00.000Z' })],
    );
    expect(answer.freshAt).toBe('2026-01-01T00:00:02.000Z');
    expect(status([sync('Syncing')])).not.toHaveProperty('freshAt');
  });

  it('lists live resources only when asked for all', () => {
    const resources = [{ needed: true, sync: sync('Live') }];
    const options = { name: 'one', version: 1, resources };
    expect(
      clusterStatus({ ...options, include: 'All' }).resources,
    ).toHaveLength(1);
    expect(
      clusterStatus({ ...options, include: 'NotLive' }),
    ).not.toHaveProperty('resources');
  });
});
