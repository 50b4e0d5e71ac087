import type { PodFact, WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import type { Cause } from './assessWorkload';
import { diagnosePod, type PodDiagnosis } from './diagnosePod';

/**
 * Why servers that wait for their weights may wait for ever: their own pods are well, the trouble is in the pod of the Job that
 * downloads. Silent while that pod works, and when one of them has succeeded: then the servers go on by themselves.
 */
export function findDownloadTrouble(
  state: ClusterState,
  { entityRef, namespace }: WorkloadFact,
  servers: readonly PodDiagnosis[],
): Cause | undefined {
  const waits = servers.some(({ stage }) => stage === 'DownloadingWeights');
  if (!waits || !entityRef) return undefined;
  const pods = state
    .podsClaimedBy({ entityRef })
    .filter(pod => pod.downloads && pod.namespace === namespace);
  if (pods.some(({ phase }) => phase === 'Succeeded')) return undefined;
  // A Job tries again with another pod, and a later Job follows an earlier one: those that have ended are history.
  const alive = pods.filter(({ phase }) => phase !== 'Failed');
  const [last] = alive.length > 0 ? alive : [...pods].sort(lastFirst);
  const found = last && diagnosePod(state, last);
  return found?.outcome === 'Failed'
    ? {
        state: 'Failed',
        stage: 'DownloadingWeights',
        reason: found.reason ?? 'DownloadFailed',
        message: `The weights cannot be downloaded: ${found.message}`,
        evidence: found.evidence,
      }
    : undefined;
}

function lastFirst(left: PodFact, right: PodFact): number {
  return endOf(right).localeCompare(endOf(left));
}

function endOf({ containers, scheduledAt = '' }: PodFact): string {
  return containers[0]?.terminated?.finishedAt ?? scheduledAt;
}
