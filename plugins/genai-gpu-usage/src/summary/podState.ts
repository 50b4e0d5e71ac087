import type { GpuAllocation } from '@promptside/backstage-plugin-genai-common';
import type { AnyState } from '@promptside/backstage-plugin-genai-react';

/**
 * State of a pod in one word. A pod that runs and is not ready is starting, unless the cluster gives a reason why it is
 * not: then it has a problem.
 */
export function podState(
  pod: Pick<GpuAllocation, 'phase' | 'ready' | 'node' | 'reason'>,
): AnyState {
  if (pod.phase === 'Running') {
    if (pod.ready) return 'Running';
    return pod.reason ? 'NotReady' : 'Starting';
  }
  // Pending with a node: its containers are being made.
  if (pod.phase === 'Pending' && pod.node) {
    return pod.reason && isTrouble(pod.reason) ? 'NotReady' : 'Starting';
  }
  return pod.phase;
}

/** Reasons of waiting containers that are on their way: everything else does not pass by itself. */
const ON_THE_WAY = ['ContainerCreating', 'PodInitializing'];

function isTrouble(reason: string): boolean {
  return !ON_THE_WAY.includes(reason);
}
