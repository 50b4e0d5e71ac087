import type { WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import {
  about,
  assessGeneration,
  assessWorkload,
  conditionEvidence,
  findCondition,
  type Assessment,
} from './assessWorkload';

/** States of a model from which KServe does not recover by itself. */
const BLOCKED = new Set(['BlockedByFailedLoad', 'InvalidSpec']);

/**
 * State of KServe's InferenceService and LLMInferenceService. Its `Ready` condition leads, pods correct it: KServe may still say Ready while they
 * crash. In serverless mode the chain from pods to the service goes through kinds that are not watched; then the condition
 * stands alone.
 */
export function assessInferenceService(
  state: ClusterState,
  service: WorkloadFact,
): Assessment {
  const { rollout, custom } = service;
  const conditions = rollout?.conditions ?? [];
  const ready = findCondition(conditions, 'Ready', 'True');
  const notReady = findCondition(conditions, 'Ready', 'False');
  const stopped =
    findCondition(conditions, 'Stopped', 'True') ??
    // an LLMInferenceService has no condition of that name
    (notReady?.reason === 'Stopped' ? notReady : undefined);
  const base = assessWorkload(state, service);
  if (
    stopped ||
    (ready && rollout?.desired === 0 && base.replicas.ready === 0)
  ) {
    return {
      state: 'Stopped',
      reason: stopped?.reason ?? 'ScaledToZero',
      message: stopped?.message ?? 'Scaled to zero; a request starts it',
      evidence: [conditionEvidence(service, stopped ?? ready!)],
      replicas: base.replicas,
    };
  }
  if (custom?.phase && BLOCKED.has(custom.phase)) {
    const message = custom.message ?? `The model is ${custom.phase}`;
    const reason = custom.reason ?? custom.phase;
    return {
      state: base.replicas.ready > 0 ? 'Degraded' : 'Failed',
      reason,
      message,
      evidence: [{ ...about(service), reason, message }, ...base.evidence],
      replicas: base.replicas,
    };
  }
  const podsKnown = state.podsOf(service.uid).length > 0;
  if (podsKnown) {
    if (base.state !== 'Ready' || ready) return base;
    return {
      ...base,
      state: 'Starting',
      stage: 'LoadingModel',
      reason: notReady?.reason ?? 'NotReady',
      message:
        notReady?.message ?? 'KServe does not call the service ready yet',
      evidence: notReady ? [conditionEvidence(service, notReady)] : [],
    };
  }
  const stale = assessGeneration(service);
  if (ready && stale) return { ...stale, replicas: base.replicas };
  if (ready) {
    return {
      state: 'Ready',
      evidence: [conditionEvidence(service, ready)],
      replicas: { ...base.replicas, ready: base.replicas.desired },
    };
  }
  if (!notReady) {
    return {
      state: 'Unknown',
      reason: 'NoStatus',
      message: 'KServe has not said anything about the service yet',
      evidence: [],
      replicas: base.replicas,
    };
  }
  return {
    state: 'Starting',
    stage: 'Accepted',
    ...(notReady.reason ? { reason: notReady.reason } : {}),
    ...(notReady.message ? { message: notReady.message } : {}),
    evidence: [conditionEvidence(service, notReady)],
    replicas: base.replicas,
  };
}
