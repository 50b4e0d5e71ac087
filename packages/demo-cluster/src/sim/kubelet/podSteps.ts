import { findCondition, withCondition } from '../conditions';
import { Container, ContainerStatus, Pod } from '../kubeTypes';
import { hasEnded } from '../podReadiness';
import { runningStep, terminatedStep } from './containerRun';
import { announcePull, waitingStep } from './containerStart';
import {
  ContainerView,
  KubeletContext,
  nextAttempt,
  recordKubelet,
  Step,
  writeStatus,
} from './KubeletContext';
import { podAddress } from './podAddress';
import { findMountProblem } from './podReferences';
import {
  isInitDone,
  isSidecar,
  sandboxReadyAt,
  waitingStatus,
} from './podStatus';

const ADMIT_MS = 200;
const SANDBOX_MS = 700;
const FIRST_MOUNT_RETRY_MS = 8_000;
const LONGEST_MOUNT_RETRY_MS = 122_000;

const soonest = (steps: Array<Step | undefined>): Step | undefined =>
  steps
    .filter(step => step !== undefined)
    .sort((a, b) => a.dueAt - b.dueAt)
    .at(0);

const admit = (context: KubeletContext, pod: Pod) => {
  const node = context.cluster.get('nodes', undefined, pod.spec.nodeName ?? '');
  const hostIP = node?.status.addresses.find(
    ({ type }) => type === 'InternalIP',
  )?.address;
  const hasInit = (pod.spec.initContainers ?? []).length > 0;
  writeStatus(context, pod, status => ({
    ...status,
    startTime: context.cluster.timestamp(),
    ...(hostIP && { hostIP, hostIPs: [{ ip: hostIP }] }),
    conditions: withCondition(
      status.conditions,
      { type: 'PodReadyToStartContainers', status: 'False' },
      context.cluster.timestamp(),
    ),
    ...(hasInit && {
      initContainerStatuses: pod.spec.initContainers?.map((container, index) =>
        waitingStatus(
          container,
          index === 0 ? 'ContainerCreating' : 'PodInitializing',
        ),
      ),
    }),
    containerStatuses: pod.spec.containers.map(container =>
      waitingStatus(
        container,
        hasInit ? 'PodInitializing' : 'ContainerCreating',
      ),
    ),
  }));
};

const viewsOf = (
  pod: Pod,
  containers: Container[] | undefined,
  statuses: ContainerStatus[] | undefined,
  isInit: boolean,
): ContainerView[] =>
  (containers ?? []).flatMap(container => {
    const status = statuses?.find(({ name }) => name === container.name);
    return status ? [{ pod, container, status, isInit }] : [];
  });

const initViews = (pod: Pod) =>
  viewsOf(
    pod,
    pod.spec.initContainers,
    pod.status?.initContainerStatuses,
    true,
  );

const mainViews = (pod: Pod) =>
  viewsOf(pod, pod.spec.containers, pod.status?.containerStatuses, false);

/** The init containers that may act now, and whether the main ones may. */
const activeViews = (pod: Pod): ContainerView[] => {
  const inits = initViews(pod);
  const blocking = inits.findIndex(
    ({ container, status }) => !isInitDone(container, status),
  );
  const sidecars = inits.filter(
    ({ container }, index) =>
      isSidecar(container) && (blocking < 0 || index < blocking),
  );
  return blocking < 0
    ? [...sidecars, ...mainViews(pod)]
    : [...sidecars, inits[blocking]];
};

const buildSandbox = (context: KubeletContext, pod: Pod) => {
  const problem = findMountProblem(context.cluster, pod);
  const key = `${pod.metadata.uid}/mount`;
  if (problem) {
    recordKubelet(context, pod, 'Warning', 'FailedMount', problem);
    nextAttempt(context, key, FIRST_MOUNT_RETRY_MS, LONGEST_MOUNT_RETRY_MS);
    return;
  }
  context.attempts.delete(key);
  const ip = podAddress(context.cluster, pod);
  writeStatus(context, pod, status => ({
    ...status,
    podIP: ip,
    podIPs: [{ ip }],
    conditions: withCondition(
      status.conditions,
      { type: 'PodReadyToStartContainers', status: 'True' },
      context.cluster.timestamp(),
    ),
  }));
  activeViews(pod).forEach(view => announcePull(context, view));
};

/** When the containers that wait could have begun: after the last init container. */
const startableSince = (pod: Pod): number =>
  Math.max(
    0,
    ...initViews(pod).map(
      ({ status }) =>
        Date.parse(status.state.terminated?.finishedAt ?? '') || 0,
    ),
  );

const containerStep = (
  context: KubeletContext,
  view: ContainerView,
): Step | undefined => {
  const { running, terminated } = view.status.state;
  if (running) {
    return runningStep(context, view, running);
  }
  return terminated
    ? terminatedStep(context, view, terminated)
    : waitingStep(context, view, startableSince(view.pod));
};

const stopStep = (context: KubeletContext, pod: Pod): Step => {
  const {
    uid = '',
    deletionTimestamp,
    deletionGracePeriodSeconds,
  } = pod.metadata;
  const graceMs = (deletionGracePeriodSeconds ?? 30) * 1000;
  const running = [...initViews(pod), ...mainViews(pod)].filter(
    ({ status }) => status.state.running,
  );
  if (!context.stopping.has(uid)) {
    context.stopping.add(uid);
    running.forEach(view =>
      recordKubelet(
        context,
        pod,
        'Normal',
        'Killing',
        `Stopping container ${view.container.name}`,
        view,
      ),
    );
  }
  const node = context.cluster.get('nodes', undefined, pod.spec.nodeName ?? '');
  const stopMs = Math.max(
    0,
    ...running.map(
      ({ container }) => context.programOf(pod, container, node).stopMs,
    ),
  );
  // The deletion timestamp lies one grace period after the request.
  const requestedAt = Date.parse(deletionTimestamp ?? '') - graceMs;
  return {
    dueAt: requestedAt + context.pace(Math.min(stopMs, graceMs)),
    run() {
      context.stopping.delete(uid);
      context.cluster.remove('pods', pod, 0);
    },
  };
};

/**
 * What the kubelet does next with a pod, and when, from the pod's status alone: so a pod that is half-way goes on after a
 * restart of the simulation. `undefined` when nothing is to be done until something else changes.
 */
export function nextPodStep(
  context: KubeletContext,
  pod: Pod,
): Step | undefined {
  const status = pod.status ?? {};
  if (pod.metadata.deletionTimestamp) {
    return stopStep(context, pod);
  }
  if (hasEnded(pod)) {
    return undefined;
  }
  if (!status.startTime) {
    const boundAt = Date.parse(
      findCondition(status.conditions, 'PodScheduled')?.lastTransitionTime ??
        pod.metadata.creationTimestamp ??
        '',
    );
    return {
      dueAt: boundAt + context.pace(ADMIT_MS),
      run: () => admit(context, pod),
    };
  }
  if (sandboxReadyAt(status) === undefined) {
    return {
      dueAt:
        context.attempts.get(`${pod.metadata.uid}/mount`)?.nextAt ??
        Date.parse(status.startTime) + context.pace(SANDBOX_MS),
      run: () => buildSandbox(context, pod),
    };
  }
  return soonest(activeViews(pod).map(view => containerStep(context, view)));
}
