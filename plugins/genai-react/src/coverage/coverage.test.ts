import type { ClusterStatus } from '@promptside/backstage-plugin-genai-common';
import { coverageOf } from './coverage';
import { describeCluster } from './describeCluster';

const cluster = (part: Partial<ClusterStatus>): ClusterStatus => ({
  name: 'east',
  state: 'Live',
  version: 1,
  ...part,
});
const fault = (
  reason: NonNullable<ClusterStatus['fault']>['reason'],
  statusCode?: number,
) => ({
  reason,
  message: 'as it said',
  statusCode,
  at: '2026-05-05T12:00:00Z',
});

describe('coverageOf', () => {
  const forbiddenNodes = cluster({
    state: 'Degraded',
    resources: [
      { resource: 'nodes', state: 'Forbidden', fault: fault('Forbidden', 403) },
    ],
  });
  it.each<[string, ClusterStatus[], string]>([
    ['no cluster', [], 'None'],
    ['all live', [cluster({}), cluster({})], 'Full'],
    ['the first list under way', [cluster({ state: 'Syncing' })], 'Syncing'],
    ['one of two stale', [cluster({}), cluster({ state: 'Stale' })], 'Partial'],
    [
      'refused credentials',
      [cluster({ state: 'Unavailable', fault: fault('Unauthorized', 401) })],
      'Forbidden',
    ],
    [
      'out of reach',
      [cluster({ state: 'Unavailable', fault: fault('Unreachable') })],
      'Unavailable',
    ],
    ['no right on the needed resource', [forbiddenNodes], 'Forbidden'],
    [
      'no right here, out of reach there',
      [forbiddenNodes, cluster({ state: 'Unavailable' })],
      'Unavailable',
    ],
    ['no right here, live there', [forbiddenNodes, cluster({})], 'Partial'],
  ])('%s', (_case, clusters, expected) =>
    expect(coverageOf(clusters, ['nodes'])).toBe(expected),
  );

  it('does not mind a resource that the page does not need', () => {
    expect(coverageOf([forbiddenNodes], ['pods'])).toBe('Partial');
  });
});

describe('describeCluster', () => {
  const now = new Date('2026-05-05T12:10:00Z');

  it('is silent about a live cluster', () => {
    expect(describeCluster(cluster({}), now)).toBeUndefined();
  });

  it('tells the age of the last known state and the reason', () => {
    const stale = cluster({
      title: 'East',
      state: 'Stale',
      freshAt: '2026-05-05T12:00:00Z',
      fault: fault('Unreachable'),
    });
    expect(describeCluster(stale, now)).toEqual({
      severity: 'warning',
      title: 'East has not been heard for 10 min: this is its last known state',
      details: ['The cluster does not answer: as it said'],
    });
  });

  it('says once what fails for the whole cluster', () => {
    const unavailable = cluster({
      state: 'Unavailable',
      fault: fault('Unreachable'),
      resources: ['pods', 'nodes'].map(resource => ({
        resource,
        state: 'Failed' as const,
        fault: fault('Unreachable'),
      })),
    });
    expect(describeCluster(unavailable, now)?.details).toEqual([
      'The cluster does not answer: as it said',
    ]);
    expect(
      describeCluster({ ...unavailable, fault: undefined }, now)?.details,
    ).toEqual(['pods, nodes: the cluster does not answer: as it said']);
  });

  it('names the resources that are missing and not those that are not installed', () => {
    const degraded = cluster({
      state: 'Degraded',
      resources: [
        {
          resource: 'pods',
          state: 'Forbidden',
          fault: fault('Forbidden', 403),
        },
        {
          resource: 'inferenceservices.serving.kserve.io',
          state: 'NotInstalled',
        },
      ],
    });
    expect(describeCluster(degraded, now)?.details).toEqual([
      'pods: the account of the portal lacks the right (HTTP 403): as it said',
    ]);
  });
});
