import type { WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import {
  about,
  assessWorkload,
  conditionEvidence,
  findCondition,
  type Assessment,
} from './assessWorkload';

/** What a Workspace waits for, in the order in which KAITO works it off. */
const STEPS: readonly string[] = [
  'NodeClaimReady',
  'NodesReady',
  'ModelMirrorReady',
  'ResourceReady',
  'InferenceReady',
  'WorkspaceSucceeded',
];

/**
 * State of KAITO's Workspace. Its pods lead. Before there are any, the first condition that does not hold says what it waits
 * for: nodes first of all, which KAITO orders or which somebody has to bring.
 */
export function assessKaitoWorkspace(
  state: ClusterState,
  workspace: WorkloadFact,
): Assessment {
  const base = assessWorkload(state, workspace);
  const conditions = workspace.rollout?.conditions ?? [];
  const waits = STEPS.map(type =>
    findCondition(conditions, type, 'False'),
  ).find(condition => condition !== undefined);
  if (workspace.custom?.phase === 'Failed' && base.replicas.ready === 0) {
    const reason = waits?.reason ?? 'Failed';
    const message = waits?.message ?? 'KAITO calls the workspace failed';
    return {
      ...base,
      state: 'Failed',
      reason,
      message,
      evidence: [
        waits
          ? conditionEvidence(workspace, waits)
          : { ...about(workspace), reason, message },
        ...base.evidence,
      ],
    };
  }
  if (state.podsOf(workspace.uid).length > 0) return base;
  if (!waits && conditions.length === 0) {
    return {
      state: 'Unknown',
      reason: 'NoStatus',
      message: 'KAITO has not said anything about the workspace yet',
      evidence: [],
      replicas: base.replicas,
    };
  }
  return waits
    ? {
        ...base,
        state: 'Starting',
        stage: 'Accepted',
        ...(waits.reason ? { reason: waits.reason } : {}),
        ...(waits.message ? { message: waits.message } : {}),
        evidence: [conditionEvidence(workspace, waits)],
      }
    : base;
}
