import { findCondition } from './conditions';
import { Pod } from './kubeTypes';

/** Whether a pod takes traffic. */
export function isPodReady(pod: Pod): boolean {
  return findCondition(pod.status?.conditions, 'Ready')?.status === 'True';
}

/** Whether a pod will never run again. */
export function hasEnded(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Whether a controller counts a pod as one of its own that works or will work. */
export function isPodActive(pod: Pod): boolean {
  return !hasEnded(pod) && !pod.metadata.deletionTimestamp;
}

/**
 * Whether a pod has been ready for long enough; with the time in milliseconds at which it will be, while it is not.
 */
export function availability(
  pod: Pod,
  minReadySeconds: number,
  now: number,
): { available: boolean; inMs?: number } {
  const ready = findCondition(pod.status?.conditions, 'Ready');
  if (ready?.status !== 'True') {
    return { available: false };
  }
  const since = Date.parse(ready.lastTransitionTime ?? '');
  const inMs = since + minReadySeconds * 1000 - now;
  return minReadySeconds === 0 || inMs <= 0
    ? { available: true }
    : { available: false, inMs };
}

/**
 * Order in which a controller gives pods up, worst first: without a node, not ready, younger.
 */
export function compareForDeletion(a: Pod, b: Pod): number {
  const rank = (pod: Pod) =>
    (pod.spec.nodeName ? 2 : 0) + (isPodReady(pod) ? 1 : 0);
  return (
    rank(a) - rank(b) ||
    (b.metadata.creationTimestamp ?? '').localeCompare(
      a.metadata.creationTimestamp ?? '',
    ) ||
    b.metadata.name.localeCompare(a.metadata.name)
  );
}
