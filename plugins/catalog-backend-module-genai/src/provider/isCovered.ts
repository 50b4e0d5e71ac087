import type { ClusterStatus } from '@promptside/backstage-plugin-genai-common';

/** Kinds of model servers, in lower case, and the resource whose list holds them. */
const RESOURCE_OF_KIND: ReadonlyMap<string, string> = new Map([
  ['deployment', 'deployments.apps'],
  ['statefulset', 'statefulsets.apps'],
  ['inferenceservice', 'inferenceservices.serving.kserve.io'],
  ['llminferenceservice', 'llminferenceservices.serving.kserve.io'],
  ['nimservice', 'nimservices.apps.nvidia.com'],
  ['workspace', 'workspaces.kaito.sh'],
  ['model', 'models.kubeai.org'],
]);

/** Without these a list of model servers misses some, or takes the parts of one for servers of their own. */
const NEEDED = new Set(RESOURCE_OF_KIND.values());

/**
 * Whether the model servers of that kind are all known, so that one which is missing is gone. A stale list counts: it is the
 * last good one. A kind that may not be listed is not known; the other kinds of its cluster are, because a refusal lasts.
 *
 * @param kind - of the workload object, in any case
 */
export function isCovered(
  { state, resources = [] }: ClusterStatus,
  kind: string,
): boolean {
  if (state === 'Syncing' || state === 'Unavailable') return false;
  const own = RESOURCE_OF_KIND.get(kind.toLocaleLowerCase('en-US'));
  return !resources.some(
    sync =>
      NEEDED.has(sync.resource) &&
      (sync.state === 'Syncing' ||
        sync.state === 'Failed' ||
        (sync.state === 'Forbidden' && sync.resource === own)),
  );
}

/** Whether the model servers of every kind are known. */
export function isFullyCovered(cluster: ClusterStatus): boolean {
  return [...RESOURCE_OF_KIND.keys()].every(kind => isCovered(cluster, kind));
}
