import type { ClusterStatus } from '@promptside/backstage-plugin-genai-common';

/** Without these a list of model servers misses some, or takes the parts of one for servers of their own. */
const NEEDED = new Set([
  'deployments.apps',
  'statefulsets.apps',
  'inferenceservices.serving.kserve.io',
]);

/**
 * Whether the model servers of a cluster are all known, so that one which is missing is gone. A stale list counts: it is the
 * last good one.
 */
export function isCovered({ state, resources }: ClusterStatus): boolean {
  if (state === 'Syncing' || state === 'Unavailable') return false;
  return !(resources ?? []).some(
    resource =>
      NEEDED.has(resource.resource) &&
      (resource.state === 'Syncing' || resource.state === 'Failed'),
  );
}
