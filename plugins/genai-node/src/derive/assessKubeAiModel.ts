import type { WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import { about, assessWorkload, type Assessment } from './assessWorkload';

/**
 * State of KubeAI's Model: its pods alone, for it has no conditions. Where KubeAI makes no pods (an unknown resource profile,
 * say) only its own log tells why.
 */
export function assessKubeAiModel(
  state: ClusterState,
  model: WorkloadFact,
): Assessment {
  const base = assessWorkload(state, model);
  if (base.state === 'Stopped') {
    return {
      ...base,
      message: 'Scaled to zero; a request through KubeAI starts it',
    };
  }
  if (base.state !== 'Starting' || state.podsOf(model.uid).length > 0) {
    return base;
  }
  const reason = 'NoPods';
  const message =
    'KubeAI has made no pods for it; when this lasts, its own log says why';
  return {
    ...base,
    reason,
    message,
    evidence: [{ ...about(model), reason, message }],
  };
}
