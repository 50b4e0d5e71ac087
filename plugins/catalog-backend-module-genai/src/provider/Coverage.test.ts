import type {
  ClusterStatus,
  ResourceSyncState,
} from '@promptside/backstage-plugin-genai-common';
import { cluster } from '../__testUtils__/servers';
import { serverCoverage, storeCoverage } from './Coverage';

const { isCovered, isFullyCovered } = serverCoverage;

const ISVC = 'inferenceservices.serving.kserve.io';

describe('isCovered', () => {
  it.each<[ClusterStatus['state'], boolean]>([
    ['Live', true],
    ['Degraded', true],
    ['Stale', true],
    ['Syncing', false],
    ['Unavailable', false],
  ])('a cluster that is %s: %s', (state, expected) => {
    expect(isCovered(cluster('west', state), 'Deployment')).toBe(expected);
    expect(isFullyCovered(cluster('west', state))).toBe(expected);
  });

  it.each<[string, ResourceSyncState, boolean]>([
    ['deployments.apps', 'Syncing', false],
    ['deployments.apps', 'Failed', false],
    ['deployments.apps', 'Forbidden', false],
    ['deployments.apps', 'Stale', true],
    // A Deployment that belongs to one would be taken for a server of its own.
    [ISVC, 'Syncing', false],
    [ISVC, 'Failed', false],
    [ISVC, 'NotInstalled', true],
    [ISVC, 'Forbidden', true],
    ['statefulsets.apps', 'Failed', false],
    ['statefulsets.apps', 'Forbidden', true],
    ['pods', 'Failed', true],
    ['events', 'Forbidden', true],
  ])('Deployments, when %s is %s: %s', (resource, state, expected) => {
    const status = cluster('west', 'Degraded', { [resource]: state });
    expect(isCovered(status, 'Deployment')).toBe(expected);
  });

  it('knows only of the kind that may not be listed that it is unknown', () => {
    const status = cluster('west', 'Live', { [ISVC]: 'Forbidden' });
    expect(isCovered(status, 'InferenceService')).toBe(false);
    expect(isCovered(status, 'StatefulSet')).toBe(true);
    expect(isFullyCovered(status)).toBe(false);
  });

  it('covers a cluster without KServe fully', () => {
    expect(
      isFullyCovered(cluster('west', 'Live', { [ISVC]: 'NotInstalled' })),
    ).toBe(true);
  });

  it('asks of vector stores for their own kinds', () => {
    const status = cluster('west', 'Live', {
      [ISVC]: 'Failed',
      'milvuses.milvus.io': 'Forbidden',
    });
    expect(storeCoverage.isCovered(status, 'StatefulSet')).toBe(true);
    expect(storeCoverage.isCovered(status, 'Milvus')).toBe(false);
    expect(storeCoverage.isFullyCovered(status)).toBe(false);
  });
});
