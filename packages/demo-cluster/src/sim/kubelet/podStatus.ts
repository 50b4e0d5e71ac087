import { findCondition, withCondition } from '../conditions';
import {
  Condition,
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  PodStatus,
} from '../kubeTypes';

/** Whether an init container stays for the life of the pod. */
export const isSidecar = (container: Container) =>
  container.restartPolicy === 'Always';

/** Whether an init container no longer holds up those after it. */
export function isInitDone(
  container: Container,
  status: ContainerStatus | undefined,
): boolean {
  return isSidecar(container)
    ? status?.started === true
    : status?.state.terminated?.exitCode === 0;
}

/** Status of a container that was never started. */
export function waitingStatus(
  container: Container,
  reason: string,
): ContainerStatus {
  return {
    name: container.name,
    image: container.image,
    imageID: '',
    ready: false,
    started: false,
    restartCount: 0,
    state: { waiting: { reason } },
    lastState: {},
  };
}

const derivePhase = (pod: Pod, status: PodStatus): PodStatus['phase'] => {
  const { restartPolicy = 'Always', containers, initContainers } = pod.spec;
  const initStatuses = status.initContainerStatuses ?? [];
  const willRestart = (exitCode: number) =>
    restartPolicy === 'Always' ||
    (restartPolicy === 'OnFailure' && exitCode !== 0);
  const initFailed = initStatuses.some(({ state }) => {
    const exitCode = state.terminated?.exitCode ?? 0;
    return exitCode !== 0 && restartPolicy === 'Never';
  });
  if (initFailed) {
    return 'Failed';
  }
  const initDone = (initContainers ?? []).every(container =>
    isInitDone(
      container,
      initStatuses.find(({ name }) => name === container.name),
    ),
  );
  const statuses = status.containerStatuses ?? [];
  if (!initDone || statuses.length < containers.length) {
    return 'Pending';
  }
  const ended = statuses.map(({ state }) => state.terminated);
  if (ended.every(end => end && !willRestart(end.exitCode))) {
    return ended.every(end => end?.exitCode === 0) ? 'Succeeded' : 'Failed';
  }
  const wasStarted = statuses.some(
    ({ state, lastState }) =>
      state.running || state.terminated || lastState.terminated,
  );
  return wasStarted ? 'Running' : 'Pending';
};

const readiness = (
  type: 'Ready' | 'ContainersReady',
  phase: PodStatus['phase'],
  unready: string[],
): Condition => {
  if (phase === 'Succeeded') {
    return { type, status: 'False', reason: 'PodCompleted' };
  }
  if (phase === 'Failed') {
    return { type, status: 'False', reason: 'PodFailed' };
  }
  return unready.length === 0
    ? { type, status: 'True' }
    : {
        type,
        status: 'False',
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${unready.join(' ')}]`,
      };
};

/**
 * A pod's status with phase and conditions derived from its containers, as the kubelet reports them.
 */
export function completeStatus(
  pod: Pod,
  status: PodStatus,
  now: string,
): PodStatus {
  const phase = derivePhase(pod, status);
  const incomplete = (pod.spec.initContainers ?? [])
    .filter(
      container =>
        !isInitDone(
          container,
          status.initContainerStatuses?.find(
            ({ name }) => name === container.name,
          ),
        ),
    )
    .map(({ name }) => name);
  const unready = pod.spec.containers
    .filter(
      ({ name }) =>
        !status.containerStatuses?.find(entry => entry.name === name)?.ready,
    )
    .map(({ name }) => name);
  const conditions: Condition[] = [
    incomplete.length === 0
      ? { type: 'Initialized', status: 'True' }
      : {
          type: 'Initialized',
          status: 'False',
          reason: 'ContainersNotInitialized',
          message: `containers with incomplete status: [${incomplete.join(' ')}]`,
        },
    readiness('Ready', phase, unready),
    readiness('ContainersReady', phase, unready),
  ];
  return {
    ...status,
    phase,
    conditions: conditions.reduce(
      (list, condition) => withCondition(list, condition, now),
      status.conditions ?? [],
    ),
  };
}

/** A status with one container's status replaced. */
export function withContainerStatus(
  status: PodStatus,
  isInit: boolean,
  next: ContainerStatus,
): PodStatus {
  const field = isInit ? 'initContainerStatuses' : 'containerStatuses';
  return {
    ...status,
    [field]: (status[field] ?? []).map(entry =>
      entry.name === next.name ? next : entry,
    ),
  };
}

/** The state that becomes `lastState` when a container is started or waits again. */
export function lastStateOf(status: ContainerStatus): ContainerState {
  return status.state.terminated
    ? { terminated: status.state.terminated }
    : status.lastState;
}

/** When the pod's sandbox was ready, in milliseconds since the epoch. */
export function sandboxReadyAt(status: PodStatus): number | undefined {
  const condition = findCondition(
    status.conditions,
    'PodReadyToStartContainers',
  );
  return condition?.status === 'True'
    ? Date.parse(condition.lastTransitionTime ?? '')
    : undefined;
}
