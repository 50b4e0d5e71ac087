import type {
  ClusterStatus,
  FaultReason,
  ResourceSync,
} from '@promptside/backstage-plugin-genai-common';

/**
 * How much of the clusters an answer covers.
 * `None`: no cluster is connected. `Syncing`, `Forbidden`, `Unavailable`: nothing of any cluster was ever read, for that
 * reason. `Partial`: some clusters or resources are missing or old. `Full`: everything is live.
 *
 * @public
 */
export type Coverage =
  'None' | 'Syncing' | 'Forbidden' | 'Unavailable' | 'Partial' | 'Full';

/** Resources of a cluster that the answer needed and lacks. `NotInstalled` is no lack: the cluster has no such API. */
export function lackingResources(cluster: ClusterStatus): ResourceSync[] {
  return (cluster.resources ?? []).filter(
    ({ state }) => state !== 'Live' && state !== 'NotInstalled',
  );
}

/**
 * Judges the coverage part of an answer.
 *
 * @param needs - resources without which the page knows nothing, e.g. `['nodes']`: where every cluster withholds one,
 * an empty list is not an empty fleet
 * @public
 */
export function coverageOf(
  clusters: readonly ClusterStatus[],
  needs: readonly string[] = [],
): Coverage {
  if (clusters.length === 0) return 'None';
  const each = clusters.map(cluster => coverageOfCluster(cluster, needs));
  if (each.every(coverage => coverage === 'Full')) return 'Full';
  for (const same of ['Syncing', 'Forbidden'] as const) {
    if (each.every(coverage => coverage === same)) return same;
  }
  const anyData = each.some(
    coverage => coverage === 'Full' || coverage === 'Partial',
  );
  return anyData ? 'Partial' : 'Unavailable';
}

const FORBIDDEN_REASONS: readonly FaultReason[] = ['Forbidden', 'Unauthorized'];

function coverageOfCluster(
  cluster: ClusterStatus,
  needs: readonly string[],
): Exclude<Coverage, 'None'> {
  if (cluster.state === 'Unavailable') {
    const reason = cluster.fault?.reason;
    return reason && FORBIDDEN_REASONS.includes(reason)
      ? 'Forbidden'
      : 'Unavailable';
  }
  const needed = (cluster.resources ?? []).filter(({ resource }) =>
    needs.includes(resource),
  );
  if (needed.some(({ state }) => state === 'Forbidden')) return 'Forbidden';
  if (needed.some(({ state }) => state === 'Failed')) return 'Unavailable';
  if (
    cluster.state === 'Syncing' ||
    needed.some(({ state }) => state === 'Syncing')
  ) {
    return 'Syncing';
  }
  return cluster.state === 'Live' ? 'Full' : 'Partial';
}

/** Title of a cluster for a person. @public */
export function clusterTitle(
  clusters: readonly ClusterStatus[],
  name: string,
): string {
  return clusters.find(cluster => cluster.name === name)?.title ?? name;
}
