import type {
  ClusterState,
  ClusterStatus,
  Fault,
  ResourceSync,
} from '@promptside/backstage-plugin-genai-common';

/** One watched resource and whether answers are incomplete without it. */
export interface WatchedSync {
  needed: boolean;
  sync: ResourceSync;
}

function stateOf(needed: ResourceSync[], unreachable: boolean): ClusterState {
  const has = (state: ResourceSync['state']) =>
    needed.some(sync => sync.state === state);
  const everRead = has('Live') || has('Stale');
  if (!everRead) {
    return unreachable || !has('Syncing') ? 'Unavailable' : 'Syncing';
  }
  if (has('Stale')) return 'Stale';
  if (has('Syncing')) return 'Syncing';
  return needed.every(sync => sync.state === 'Live') ? 'Live' : 'Degraded';
}

/**
 * State of a cluster from the states of its watches. `fault` is the cluster's own (it cannot be reached at all), else the
 * first of a needed resource; faults of optional ones stay with their resource.
 */
export function clusterStatus(options: {
  name: string;
  title?: string;
  serverVersion?: string;
  simulated?: boolean;
  version: number;
  resources: readonly WatchedSync[];
  unreachable?: Fault;
  /** `All` lists every resource, `NotLive` only those an answer lacks or has old data of. */
  include: 'All' | 'NotLive';
}): ClusterStatus {
  const { name, title, serverVersion, simulated, version, unreachable } =
    options;
  const needed = options.resources
    .filter(resource => resource.needed)
    .map(resource => resource.sync);
  const fault = unreachable ?? needed.find(sync => sync.fault)?.fault;
  // ISO 8601 in UTC sorts as text; what was never heard has no age, and is among `resources` with its reason
  const freshAt = needed
    .map(sync => sync.heardAt)
    .filter(at => at !== undefined)
    .sort()[0];
  const resources = options.resources
    .map(resource => resource.sync)
    .filter(sync => options.include === 'All' || sync.state !== 'Live')
    .map(sync => ({ ...sync }));
  return {
    name,
    ...(title === undefined ? {} : { title }),
    state: stateOf(needed, unreachable !== undefined),
    ...(simulated ? { simulated } : {}),
    ...(serverVersion === undefined ? {} : { serverVersion }),
    version,
    ...(freshAt === undefined ? {} : { freshAt }),
    ...(fault === undefined ? {} : { fault }),
    ...(resources.length > 0 ? { resources } : {}),
  };
}
