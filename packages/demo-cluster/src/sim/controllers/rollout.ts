import { Deployment, ReplicaSet } from '../workloadTypes';

/** Bounds of a rolling update in pods. */
export interface RolloutBounds {
  maxSurge: number;
  maxUnavailable: number;
}

/**
 * Value of an int-or-percent field against a total. Undefined for text that is neither.
 */
export function resolveIntOrPercent(
  value: number | string,
  total: number,
  roundUp: boolean,
): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  const percent = /^(\d+)%$/.exec(value);
  if (!percent) {
    return /^\d+$/.test(value) ? Number(value) : undefined;
  }
  const exact = (Number(percent[1]) * total) / 100;
  return roundUp ? Math.ceil(exact) : Math.floor(exact);
}

/**
 * How far a rolling update may leave the wanted number of replicas. The surge is rounded up, the unavailable down; were
 * both 0 no step would be possible, so one may be unavailable then.
 */
export function rolloutBounds(deployment: Deployment): RolloutBounds {
  const replicas = deployment.spec.replicas ?? 1;
  const { strategy } = deployment.spec;
  if (strategy?.type === 'Recreate') {
    return { maxSurge: 0, maxUnavailable: replicas };
  }
  const maxSurge =
    resolveIntOrPercent(
      strategy?.rollingUpdate?.maxSurge ?? '25%',
      replicas,
      true,
    ) ?? 0;
  const maxUnavailable =
    resolveIntOrPercent(
      strategy?.rollingUpdate?.maxUnavailable ?? '25%',
      replicas,
      false,
    ) ?? 0;
  return maxSurge === 0 && maxUnavailable === 0
    ? { maxSurge, maxUnavailable: 1 }
    : { maxSurge, maxUnavailable: Math.min(maxUnavailable, replicas) };
}

const specReplicas = (sets: ReplicaSet[]) =>
  sets.reduce((sum, set) => sum + (set.spec.replicas ?? 1), 0);

const available = (set: ReplicaSet) => set.status?.availableReplicas ?? 0;

/** Replicas the newest ReplicaSet may have now: up to the wanted number, within the surge. */
export function nextNewReplicas(
  deployment: Deployment,
  newest: ReplicaSet,
  old: ReplicaSet[],
): number {
  const wanted = deployment.spec.replicas ?? 1;
  const current = newest.spec.replicas ?? 1;
  if (current >= wanted) {
    return wanted;
  }
  const room =
    wanted +
    rolloutBounds(deployment).maxSurge -
    specReplicas([newest, ...old]);
  return room <= 0 ? current : Math.min(wanted, current + room);
}

/**
 * Replicas that each old ReplicaSet should be brought down to, oldest first: replicas that never became available go
 * at once, the others only as far as enough stay available.
 */
export function nextOldReplicas(
  deployment: Deployment,
  newest: ReplicaSet,
  old: ReplicaSet[],
): Map<ReplicaSet, number> {
  const wanted = deployment.spec.replicas ?? 1;
  const minAvailable = wanted - rolloutBounds(deployment).maxUnavailable;
  const result = new Map<ReplicaSet, number>();
  const newestUnavailable = (newest.spec.replicas ?? 1) - available(newest);
  let cleanable =
    specReplicas([newest, ...old]) - minAvailable - newestUnavailable;
  let scalable =
    [newest, ...old].reduce((sum, set) => sum + available(set), 0) -
    minAvailable;
  for (const set of old) {
    const current = set.spec.replicas ?? 1;
    const unhealthy = Math.max(
      0,
      Math.min(current - available(set), cleanable),
    );
    cleanable -= unhealthy;
    const healthy = Math.max(0, Math.min(current - unhealthy, scalable));
    // Only what counts as available may be taken from the surplus of available replicas.
    const taken = Math.min(healthy, Math.max(0, cleanable));
    scalable -= Math.min(taken, available(set));
    cleanable -= taken;
    if (unhealthy + taken > 0) {
      result.set(set, current - unhealthy - taken);
    }
  }
  return result;
}
