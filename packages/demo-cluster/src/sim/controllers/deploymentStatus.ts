import { findCondition, withCondition } from '../conditions';
import { Condition } from '../kubeTypes';
import { Deployment, ReplicaSet } from '../workloadTypes';
import { rolloutBounds } from './rollout';

type Status = NonNullable<Deployment['status']>;

const sum = (sets: ReplicaSet[], value: (set: ReplicaSet) => number) =>
  sets.reduce((total, set) => total + value(set), 0);

const availableCondition = (
  deployment: Deployment,
  availableReplicas: number,
): Condition => {
  const wanted = deployment.spec.replicas ?? 1;
  // Recreate takes all pods down, but that is no reason to call the Deployment available meanwhile.
  const mayMiss =
    deployment.spec.strategy?.type === 'Recreate'
      ? 0
      : rolloutBounds(deployment).maxUnavailable;
  const minimum = wanted - mayMiss;
  return availableReplicas >= minimum
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
};

/** Whether every wanted replica is the newest one, runs and is available. */
export function isRolloutComplete(
  deployment: Deployment,
  status: Status,
): boolean {
  const wanted = deployment.spec.replicas ?? 1;
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted
  );
}

const madeProgress = (before: Status | undefined, after: Status): boolean =>
  (after.updatedReplicas ?? 0) > (before?.updatedReplicas ?? 0) ||
  (after.readyReplicas ?? 0) > (before?.readyReplicas ?? 0) ||
  (after.availableReplicas ?? 0) > (before?.availableReplicas ?? 0) ||
  (before?.replicas ?? 0) - (before?.updatedReplicas ?? 0) >
    (after.replicas ?? 0) - (after.updatedReplicas ?? 0);

const withUpdateTime = (conditions: Condition[], type: string, now: string) =>
  conditions.map(condition =>
    condition.type === type ? { ...condition, lastUpdateTime: now } : condition,
  );

/** When the rollout counts as stuck, in milliseconds since the epoch; `undefined` when it never does. */
export function progressDeadline(
  deployment: Deployment,
  status: Status,
): number | undefined {
  const progressing = findCondition(status.conditions, 'Progressing');
  const isOver =
    progressing?.reason === 'NewReplicaSetAvailable' ||
    progressing?.reason === 'ProgressDeadlineExceeded';
  return !progressing?.lastUpdateTime || isOver || deployment.spec.paused
    ? undefined
    : Date.parse(progressing.lastUpdateTime) +
        (deployment.spec.progressDeadlineSeconds ?? 600) * 1000;
}

const progressingCondition = (
  deployment: Deployment,
  newest: ReplicaSet,
  counted: Status,
  nowMs: number,
): Condition | undefined => {
  const name = newest.metadata.name;
  if (isRolloutComplete(deployment, counted)) {
    return {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `ReplicaSet "${name}" has successfully progressed.`,
    };
  }
  const current = findCondition(counted.conditions, 'Progressing');
  if (madeProgress(deployment.status, counted) && current) {
    return {
      type: 'Progressing',
      status: 'True',
      reason: 'ReplicaSetUpdated',
      message: `ReplicaSet "${name}" is progressing.`,
    };
  }
  const deadline = progressDeadline(deployment, counted);
  return deadline !== undefined && nowMs >= deadline
    ? {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: `ReplicaSet "${name}" has timed out progressing.`,
      }
    : undefined;
};

/**
 * Status of a Deployment from its ReplicaSets, with the conditions and reasons of the deployment controller.
 */
export function deploymentStatus(options: {
  deployment: Deployment;
  newest: ReplicaSet | undefined;
  all: ReplicaSet[];
  now: string;
  nowMs: number;
}): Status {
  const { deployment, newest, all, now, nowMs } = options;
  const replicas = sum(all, set => set.status?.replicas ?? 0);
  const availableReplicas = sum(all, set => set.status?.availableReplicas ?? 0);
  const readyReplicas = sum(all, set => set.status?.readyReplicas ?? 0);
  const updatedReplicas = newest?.status?.replicas ?? 0;
  const unavailableReplicas = Math.max(
    0,
    sum(all, set => set.spec.replicas ?? 1) - availableReplicas,
  );
  let conditions = deployment.status?.conditions ?? [];
  const set = (condition: Condition) => {
    const before = findCondition(conditions, condition.type);
    const isSame =
      before?.status === condition.status &&
      before.reason === condition.reason &&
      before.message === condition.message;
    // Progress renews the update time, because the deadline counts from it.
    if (!isSame || condition.reason === 'ReplicaSetUpdated') {
      const renewed = withUpdateTime(
        withCondition(conditions, condition, now),
        condition.type,
        now,
      );
      // As with the real controller, what changed last stands last.
      const isThis = ({ type }: Condition) => type === condition.type;
      conditions = [
        ...renewed.filter(each => !isThis(each)),
        ...renewed.filter(isThis),
      ];
    }
  };
  set(availableCondition(deployment, availableReplicas));
  const counted: Status = {
    ...(replicas > 0 && { replicas }),
    ...(updatedReplicas > 0 && { updatedReplicas }),
    ...(readyReplicas > 0 && { readyReplicas }),
    ...(availableReplicas > 0 && { availableReplicas }),
    ...(unavailableReplicas > 0 && { unavailableReplicas }),
    terminatingReplicas: sum(all, set => set.status?.terminatingReplicas ?? 0),
    conditions,
  };
  const progressing =
    newest && progressingCondition(deployment, newest, counted, nowMs);
  if (progressing) {
    set(progressing);
  }
  const failure = all
    .map(({ status }) => findCondition(status?.conditions, 'ReplicaFailure'))
    .find(condition => condition?.status === 'True');
  if (failure) {
    set({
      type: 'ReplicaFailure',
      status: 'True',
      reason: failure.reason,
      message: failure.message,
    });
  } else {
    conditions = conditions.filter(({ type }) => type !== 'ReplicaFailure');
  }
  return {
    observedGeneration: deployment.metadata.generation,
    ...counted,
    conditions,
  };
}
