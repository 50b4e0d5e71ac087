import type {
  Evidence,
  ModelServerState,
  StartupStage,
} from '@promptside/backstage-plugin-genai-common';
import type {
  ConditionFact,
  PodFact,
  RolloutFact,
  WorkloadFact,
} from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import { diagnosePod, type PodDiagnosis } from './diagnosePod';
import { findDownloadTrouble } from './findDownloadTrouble';

/** State of a workload with what it is founded on. */
export interface Assessment {
  state: ModelServerState;
  stage?: StartupStage;
  reason?: string;
  message?: string;
  evidence: Evidence[];
  replicas: { desired: number; ready: number };
}

/** As many as a person reads. */
const EVIDENCE_LIMIT = 5;

const STAGES: readonly StartupStage[] = [
  'Accepted',
  'Scheduled',
  'PullingImage',
  'DownloadingWeights',
  'LoadingModel',
  'Serving',
];

/**
 * State of a Deployment or StatefulSet, cross-checked: its own status numbers can be of an older generation, `Available` can
 * stand while the new revision crashes, and a Ready pod can be between two crashes. Where pods are known they decide.
 */
export function assessWorkload(
  state: ClusterState,
  workload: WorkloadFact,
): Assessment {
  const rollout = workload.rollout ?? emptyRollout();
  const pods = activePods(state, workload, rollout.desired);
  const findings = pods.map(pod => diagnosePod(state, pod));
  const countReady = findings.filter(
    ({ outcome }) => outcome === 'Ready' || outcome === 'Unstable',
  ).length;
  const ready = state.has('pods') ? countReady : rollout.ready;
  const replicas = { desired: rollout.desired, ready };
  if (rollout.desired === 0) {
    return {
      state: 'Stopped',
      reason: 'ScaledToZero',
      message: `${workload.kind} ${workload.name} is scaled to 0 replicas`,
      evidence: [
        { ...about(workload), reason: 'ScaledToZero', message: 'replicas: 0' },
      ],
      replicas,
    };
  }
  const cause =
    findCause(workload, rollout, findings) ??
    findDownloadTrouble(state, workload, findings);
  if (ready >= rollout.desired) {
    return { ...assessServing(workload, rollout, cause), replicas };
  }
  if (ready > 0) {
    return {
      state: 'Degraded',
      reason: cause?.reason ?? 'ReplicasMissing',
      message: `${ready} of ${rollout.desired} replicas serve${cause ? `; ${cause.message}` : ''}`,
      evidence: cause?.evidence ?? countEvidence(workload, replicas),
      replicas,
    };
  }
  return {
    ...assessSilent(state, workload, rollout, findings, cause),
    replicas,
  };
}

/** Why a workload does not serve. */
export interface Cause {
  state: 'Failed' | 'Unstable';
  stage?: StartupStage;
  reason: string;
  message: string;
  evidence: Evidence[];
}

/** What is wrong, the most telling first: a pod that fails, then what the controller says, then a pod that restarts. */
function findCause(
  workload: WorkloadFact,
  { conditions }: RolloutFact,
  findings: readonly PodDiagnosis[],
): Cause | undefined {
  const failed = findings.filter(({ outcome }) => outcome === 'Failed');
  const unstable = findings.filter(({ outcome }) => outcome === 'Unstable');
  const [worst] = [...failed, ...unstable];
  const refused = findCondition(conditions, 'ReplicaFailure', 'True');
  const late = findCondition(conditions, 'Progressing', 'False');
  const said = [refused, late].flatMap(condition =>
    condition ? [conditionEvidence(workload, condition)] : [],
  );
  const seen = [...failed, ...unstable].flatMap(({ evidence }) => evidence);
  if (worst && (worst.outcome === 'Failed' || said.length === 0)) {
    return {
      state: worst.outcome === 'Failed' ? 'Failed' : 'Unstable',
      stage: worst.stage,
      reason: worst.reason ?? 'PodFailed',
      message: worst.message ?? 'A pod failed',
      evidence: [...seen, ...said].slice(0, EVIDENCE_LIMIT),
    };
  }
  const [first] = said;
  return first
    ? {
        state: 'Failed',
        reason: first.reason ?? 'Failed',
        message: first.message,
        evidence: [...said, ...seen].slice(0, EVIDENCE_LIMIT),
      }
    : undefined;
}

/** Every wanted replica is ready: is that all there is to say? */
function assessServing(
  workload: WorkloadFact,
  rollout: RolloutFact,
  cause: Cause | undefined,
): Omit<Assessment, 'replicas'> {
  if (cause) {
    return {
      state: 'Degraded',
      reason: cause.reason,
      message:
        cause.state === 'Unstable'
          ? cause.message
          : `All replicas serve, but the newest revision does not come up; ${cause.message}`,
      evidence: cause.evidence,
    };
  }
  const stale = assessGeneration(workload);
  if (stale) return stale;
  const { desired, updated } = rollout;
  const available = findCondition(rollout.conditions, 'Available', 'True');
  const evidence = available
    ? [conditionEvidence(workload, available)]
    : countEvidence(workload, { desired, ready: desired });
  const rolling = workload.resource === 'deployments' && updated < desired;
  return {
    state: 'Ready',
    ...(rolling
      ? {
          reason: 'RollingOut',
          message: `${updated} of ${desired} replicas run the newest revision`,
        }
      : {}),
    evidence,
  };
}

/**
 * The controller works on an older generation than the one that is wanted: its numbers say nothing about this one.
 * Custom resources need not report a generation at all; those of the built-in kinds always do.
 */
export function assessGeneration(
  workload: WorkloadFact,
): Omit<Assessment, 'replicas'> | undefined {
  const builtIn =
    workload.resource === 'deployments' || workload.resource === 'statefulsets';
  const { generation, observedGeneration } = workload.rollout ?? emptyRollout();
  const known = observedGeneration ?? (builtIn ? 0 : generation);
  if (generation === undefined || known === undefined || known >= generation) {
    return undefined;
  }
  const reason = 'GenerationNotObserved';
  const message = `The controller has not taken up generation ${generation} of ${workload.kind} ${workload.name} yet (it knows ${known})`;
  return {
    state: 'Starting',
    stage: 'Accepted',
    reason,
    message,
    evidence: [{ ...about(workload), reason, message }],
  };
}

/** No replica is ready. */
function assessSilent(
  state: ClusterState,
  workload: WorkloadFact,
  rollout: RolloutFact,
  findings: readonly PodDiagnosis[],
  cause: Cause | undefined,
): Omit<Assessment, 'replicas'> {
  if (cause) {
    return {
      state: 'Failed',
      ...(cause.stage ? { stage: cause.stage } : {}),
      reason: cause.reason,
      message: cause.message,
      evidence: cause.evidence,
    };
  }
  if (!state.has('pods') && rollout.conditions.length === 0) {
    return {
      state: 'Unknown',
      reason: 'PodsUnknown',
      message:
        'The pods of the cluster are not known and the workload has no conditions',
      evidence: [],
    };
  }
  // The replica that is furthest on tells how far the server is.
  const furthest = [...findings].sort(
    (left, right) => STAGES.indexOf(right.stage) - STAGES.indexOf(left.stage),
  )[0];
  const unavailable = findCondition(rollout.conditions, 'Available', 'False');
  return {
    state: 'Starting',
    stage: furthest?.stage ?? 'Accepted',
    ...(furthest?.reason ? { reason: furthest.reason } : {}),
    ...(furthest?.message ? { message: furthest.message } : {}),
    evidence: [
      ...findings.flatMap(({ evidence }) => evidence),
      ...(unavailable ? [conditionEvidence(workload, unavailable)] : []),
    ].slice(0, EVIDENCE_LIMIT),
  };
}

/**
 * Pods that count: not those on their way out, and failed ones (evicted, say) only as long as nothing has replaced them.
 */
function activePods(
  state: ClusterState,
  workload: WorkloadFact,
  desired: number,
): PodFact[] {
  const pods = state
    .podsOf(workload.uid)
    .filter(pod => !pod.deleting && pod.phase !== 'Succeeded');
  const alive = pods.filter(({ phase }) => phase !== 'Failed');
  return alive.length >= desired ? alive : pods;
}

export function findCondition(
  conditions: readonly ConditionFact[],
  type: string,
  status: 'True' | 'False',
): ConditionFact | undefined {
  return conditions.find(
    condition => condition.type === type && condition.status === status,
  );
}

export function conditionEvidence(
  workload: WorkloadFact,
  { type, status, reason, message, at }: ConditionFact,
): Evidence {
  return {
    ...about(workload),
    ...(reason ? { reason } : {}),
    message: message ?? `Condition ${type} is ${status}`,
    ...(at ? { at } : {}),
  };
}

export function about(workload: WorkloadFact) {
  return { kind: workload.kind, name: workload.name };
}

function countEvidence(
  workload: WorkloadFact,
  { desired, ready }: { desired: number; ready: number },
): Evidence[] {
  return [
    {
      ...about(workload),
      message: `${ready} of ${desired} replicas are ready`,
    },
  ];
}

function emptyRollout(): RolloutFact {
  return { desired: 1, ready: 0, updated: 0, conditions: [] };
}
