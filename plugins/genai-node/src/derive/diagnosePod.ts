import type {
  Evidence,
  StartupStage,
} from '@promptside/backstage-plugin-genai-common';
import type {
  ContainerFact,
  EventFact,
  PodFact,
  TerminationFact,
} from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';

/**
 * How a pod does. `Unstable`: ready at the moment and restarting again and again. `Failed`: it will not become ready without
 * a change to it or to the cluster.
 */
export interface PodDiagnosis {
  outcome: 'Ready' | 'Unstable' | 'Starting' | 'Failed';
  stage: StartupStage;
  reason?: string;
  /** One sentence in the cluster's own words. */
  message?: string;
  evidence: Evidence[];
}

/** Waiting reasons that do not pass by themselves. */
const STUCK = new Set([
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PreStartHookError',
  'PostStartHookError',
]);

/** Events that say why containers are not created; the kubelet tries again, so once is no failure. */
const MOUNT_TROUBLE = new Set([
  'FailedMount',
  'FailedAttachVolume',
  'FailedMapVolume',
  'FailedCreatePodSandBox',
]);
const TROUBLE_AFTER = 3;

/** Restarts after which a container that runs without being ready counts as crash-looping between two crashes. */
const LOOP_AFTER = 2;

/** Names of init containers that bring weights, KServe's and the usual ones. */
const DOWNLOADER = /download|weights|fetch|storage-initializer|model-init/;

/** Reads state, reasons and stage of a pod from its facts and events. */
export function diagnosePod(state: ClusterState, pod: PodFact): PodDiagnosis {
  const events = [...state.eventsOf(pod.uid)];
  if (pod.phase === 'Failed') return failedPod(pod);
  if (pod.node === undefined) return unboundPod(pod);
  const node = state.node(pod.node);
  if (!pod.ready && (node?.state === 'Unknown' || node?.state === 'NotReady')) {
    return failure(pod, 'Scheduled', 'NodeNotReady', {
      message: `Node ${node.name} is ${node.state === 'Unknown' ? 'not reporting' : 'not ready'}${node.reason ? ` (${node.reason})` : ''}`,
    });
  }
  for (const container of pod.containers) {
    const found = diagnoseContainer(pod, container);
    if (found) return found;
  }
  if (pod.ready) return readyPod(pod, events);
  return startingPod(pod, events);
}

function failedPod(pod: PodFact): PodDiagnosis {
  const ended = pod.containers.find(({ terminated }) => terminated);
  return failure(pod, 'Scheduled', pod.reason ?? 'PodFailed', {
    message:
      pod.message ??
      (ended?.terminated
        ? `Container "${ended.name}" ended ${describeEnd(ended.terminated)}`
        : 'The pod failed'),
  });
}

function unboundPod(pod: PodFact): PodDiagnosis {
  const { reason = 'Unschedulable', message } = pod.unschedulable ?? {};
  if (!pod.unschedulable) {
    return { outcome: 'Starting', stage: 'Accepted', evidence: [] };
  }
  // A gate is held on purpose (a queue, an admission check) and opens by itself.
  if (reason === 'SchedulingGated') {
    return {
      outcome: 'Starting',
      stage: 'Accepted',
      reason,
      ...(message ? { message } : {}),
      evidence: [],
    };
  }
  return failure(pod, 'Accepted', reason, {
    message: message ?? 'No node takes the pod',
  });
}

function diagnoseContainer(
  pod: PodFact,
  container: ContainerFact,
): PodDiagnosis | undefined {
  const { name, waiting, terminated, lastTerminated, restartCount } = container;
  const stage: StartupStage =
    container.role === 'init' ? 'Scheduled' : 'LoadingModel';
  if (waiting?.reason && STUCK.has(waiting.reason)) {
    const crashed = waiting.reason === 'CrashLoopBackOff';
    return failure(
      pod,
      crashed || waiting.reason === 'RunContainerError'
        ? stage
        : 'PullingImage',
      // Out of memory is the cause, the loop only its echo.
      crashed && lastTerminated?.reason === 'OOMKilled'
        ? 'OOMKilled'
        : waiting.reason,
      {
        message: crashed
          ? describeLoop(container)
          : (waiting.message ?? `Container "${name}" waits: ${waiting.reason}`),
        at: lastTerminated?.finishedAt,
        count: crashed ? restartCount : undefined,
      },
    );
  }
  if (terminated && (terminated.exitCode !== 0 || container.role === 'main')) {
    return failure(pod, stage, terminated.reason ?? 'Terminated', {
      message: `Container "${name}" ended ${describeEnd(terminated)}`,
      at: terminated.finishedAt,
    });
  }
  if (
    container.role !== 'init' &&
    !container.ready &&
    restartCount >= LOOP_AFTER
  ) {
    const cause = lastTerminated?.reason;
    return failure(pod, stage, cause === 'OOMKilled' ? cause : 'CrashLooping', {
      message: describeLoop(container),
      at: lastTerminated?.finishedAt,
      count: restartCount,
    });
  }
  return undefined;
}

/**
 * Ready, unless it restarts again and again. A restart count alone may be history of months; the kubelet's `BackOff` event
 * lives for an hour, so both together are the present.
 */
function readyPod(pod: PodFact, events: EventFact[]): PodDiagnosis {
  const restless = pod.containers.find(
    ({ restartCount }) => restartCount >= LOOP_AFTER,
  );
  const backOff = events.find(
    ({ reason, type }) => reason === 'BackOff' && type === 'Warning',
  );
  if (!restless || !backOff) {
    return { outcome: 'Ready', stage: 'Serving', evidence: [] };
  }
  return {
    ...failure(pod, 'Serving', 'CrashLooping', {
      message: `${describeLoop(restless)}; it is ready at the moment`,
      at: restless.lastTerminated?.finishedAt,
      count: restless.restartCount,
    }),
    outcome: 'Unstable',
  };
}

function startingPod(pod: PodFact, events: EventFact[]): PodDiagnosis {
  const trouble = events.find(
    ({ reason, type }) => type === 'Warning' && MOUNT_TROUBLE.has(reason),
  );
  const created = pod.containers.some(
    ({ running, role }) => running && role === 'main',
  );
  if (trouble && !created) {
    const diagnosis = failure(pod, 'Scheduled', trouble.reason, trouble);
    return trouble.count >= TROUBLE_AFTER
      ? diagnosis
      : { ...diagnosis, outcome: 'Starting' };
  }
  const restarted = pod.containers.find(
    ({ role, restartCount }) => role !== 'init' && restartCount > 0,
  );
  return {
    outcome: 'Starting',
    stage: startupStage(pod, events),
    ...(restarted
      ? { reason: 'Restarted', message: describeLoop(restarted) }
      : {}),
    evidence: [],
  };
}

function startupStage(pod: PodFact, events: EventFact[]): StartupStage {
  const init = pod.containers.find(({ role }) => role === 'init');
  if (init?.running) {
    return DOWNLOADER.test(init.name) ? 'DownloadingWeights' : 'Scheduled';
  }
  const main = pod.containers.find(({ role }) => role === 'main');
  // No news of a main container in a running pod: it runs and only the pod is not ready yet.
  if (main ? main.running : pod.phase === 'Running') return 'LoadingModel';
  const pulls = (reason: string) =>
    events.reduce(
      (sum, event) => sum + (event.reason === reason ? event.count : 0),
      0,
    );
  return pulls('Pulling') > pulls('Pulled') ? 'PullingImage' : 'Scheduled';
}

function describeLoop({
  name,
  restartCount,
  lastTerminated,
}: ContainerFact): string {
  const times = restartCount === 1 ? 'once' : `${restartCount} times`;
  return lastTerminated
    ? `Container "${name}" restarted ${times}, last after it ended ${describeEnd(lastTerminated)}`
    : `Container "${name}" restarted ${times}`;
}

function describeEnd({ reason, exitCode, message }: TerminationFact): string {
  const parts = [
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
    ...(reason && reason !== 'Error' ? [reason] : []),
  ];
  return `with ${parts.join(', ') || 'an error'}${message ? `: ${lastLine(message)}` : ''}`;
}

/** Of the tail of a log, the last line is the one that says why. */
function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}

function failure(
  pod: PodFact,
  stage: StartupStage,
  reason: string,
  says: { message: string; at?: string; count?: number },
): PodDiagnosis {
  return {
    outcome: 'Failed',
    stage,
    reason,
    message: says.message,
    evidence: [
      {
        kind: 'Pod',
        name: pod.name,
        reason,
        message: says.message,
        ...(says.at ? { at: says.at } : {}),
        ...(says.count === undefined ? {} : { count: says.count }),
      },
    ],
  };
}
