import type { ClusterStatus } from '@promptside/backstage-plugin-genai-common';

/** What is known well enough to be missed. */
export interface Coverage {
  /**
   * Whether all of that kind are known, so that one which is missing is gone. A stale list counts: it is the last good one. A kind
   * that may not be listed is not known; the other kinds of its cluster are, because a refusal lasts.
   *
   * @param kind - of the workload object, in any case
   */
  isCovered(cluster: ClusterStatus, kind: string): boolean;
  /** Whether those of every kind are known. */
  isFullyCovered(cluster: ClusterStatus): boolean;
}

/** Coverage of kinds, in lower case, by the resource whose list holds them. */
function coverageOf(resourceOfKind: ReadonlyMap<string, string>): Coverage {
  // Without these a list misses some, or takes the parts of one for a thing of its own.
  const needed = new Set(resourceOfKind.values());
  const isCovered: Coverage['isCovered'] = (
    { state, resources = [] },
    kind,
  ) => {
    if (state === 'Syncing' || state === 'Unavailable') return false;
    const own = resourceOfKind.get(kind.toLocaleLowerCase('en-US'));
    return !resources.some(
      sync =>
        needed.has(sync.resource) &&
        (sync.state === 'Syncing' ||
          sync.state === 'Failed' ||
          (sync.state === 'Forbidden' && sync.resource === own)),
    );
  };
  return {
    isCovered,
    isFullyCovered: cluster =>
      [...resourceOfKind.keys()].every(kind => isCovered(cluster, kind)),
  };
}

const WORKLOADS = [
  ['deployment', 'deployments.apps'],
  ['statefulset', 'statefulsets.apps'],
] as const;

/** Kinds of model servers. */
export const serverCoverage = coverageOf(
  new Map([
    ...WORKLOADS,
    ['inferenceservice', 'inferenceservices.serving.kserve.io'],
    ['llminferenceservice', 'llminferenceservices.serving.kserve.io'],
    ['nimservice', 'nimservices.apps.nvidia.com'],
    ['workspace', 'workspaces.kaito.sh'],
    ['model', 'models.kubeai.org'],
  ]),
);

/** Kinds of vector stores. */
export const storeCoverage = coverageOf(
  new Map([
    ...WORKLOADS,
    ['cluster', 'clusters.postgresql.cnpg.io'],
    ['milvus', 'milvuses.milvus.io'],
  ]),
);
