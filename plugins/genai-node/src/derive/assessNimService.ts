import type { WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import { about, assessWorkload, type Assessment } from './assessWorkload';

/**
 * State of a NIMService. Its pods lead; the operator is heard where there are none, for it says in words why it made none.
 */
export function assessNimService(
  state: ClusterState,
  service: WorkloadFact,
): Assessment {
  const base = assessWorkload(state, service);
  const { phase, reason = 'Failed', message } = service.custom ?? {};
  if (phase === 'Failed' && base.replicas.ready === 0) {
    const text = message ?? 'The NIM operator calls the service failed';
    return {
      ...base,
      state: 'Failed',
      reason,
      message: text,
      evidence: [
        { ...about(service), reason, message: text },
        ...base.evidence,
      ],
    };
  }
  return base;
}
