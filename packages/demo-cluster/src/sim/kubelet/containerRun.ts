import { ContainerState } from '../kubeTypes';
import { ProgramExit } from './ContainerProgram';
import { restartBackOffMs, startContainer } from './containerStart';
import { endOfJobWait } from './jobWait';
import {
  ContainerView,
  containerKey,
  KubeletContext,
  recordKubelet,
  Step,
  writeContainer,
} from './KubeletContext';
import { isProbed, probeFailure, probeOutlook } from './probes';

/** A container that ran this long starts its back-off afresh. */
const BACK_OFF_RESET_MS = 600_000;
/** From the end of a container to the kubelet's reaction. */
const REACTION_MS = 1_000;
/** Between two looks at a Job that is waited for. */
const JOB_LOOK_MS = 1_000;

const terminate = (
  context: KubeletContext,
  view: ContainerView,
  exit: Omit<ProgramExit, 'afterMs'>,
) => {
  const { container, status } = view;
  const fallsBackToLogs =
    container.terminationMessagePolicy === 'FallbackToLogsOnError';
  context.probes.delete(containerKey(view));
  writeContainer(context, view, {
    ready: false,
    started: false,
    state: {
      terminated: {
        exitCode: exit.exitCode,
        reason: exit.reason,
        ...(exit.message && fallsBackToLogs && { message: exit.message }),
        startedAt: status.state.running?.startedAt,
        finishedAt: context.cluster.timestamp(),
        containerID: status.containerID,
      },
    },
  });
};

const soonest = (steps: Array<Step | undefined>): Step | undefined =>
  steps
    .filter(step => step !== undefined)
    .sort((a, b) => a.dueAt - b.dueAt)
    .at(0);

/** Reports of the probe that fails while a container loads, one after the other, and the restart when it takes too long. */
const probeStep = (
  context: KubeletContext,
  view: ContainerView,
  startedAt: number,
): Step | undefined => {
  const outlook = probeOutlook(view.container);
  if (!outlook) {
    return undefined;
  }
  const { pod, container } = view;
  const key = containerKey(view);
  const now = context.cluster.clock.now();
  const period = context.pace(outlook.periodMs);
  const first = startedAt + context.pace(outlook.firstFailureMs);
  // After a restart of the simulation the next report is one period away; those in between were not seen.
  const dueAt =
    context.probes.get(key) ?? (first >= now - period ? first : now + period);
  const report: Step = {
    dueAt,
    run() {
      context.probes.set(key, dueAt + period);
      recordKubelet(
        context,
        pod,
        'Warning',
        'Unhealthy',
        probeFailure(container, outlook, pod.status?.podIP ?? ''),
        view,
      );
    },
  };
  const kill: Step | undefined =
    outlook.killMs === undefined
      ? undefined
      : {
          dueAt: startedAt + context.pace(outlook.killMs),
          run() {
            const probe = container.startupProbe ? 'startup' : 'liveness';
            recordKubelet(
              context,
              pod,
              'Normal',
              'Killing',
              `Container ${container.name} failed ${probe} probe, will be restarted`,
              view,
            );
            terminate(context, view, { exitCode: 137, reason: 'Error' });
          },
        };
  return soonest([kill, report]);
};

/** The end of a container that waits for a Job, or another look at the Job. */
const jobWaitStep = (
  context: KubeletContext,
  view: ContainerView,
  job: string,
): Step => {
  const { cluster } = context;
  const end = endOfJobWait(cluster, view.pod.metadata.namespace, job);
  return end
    ? { dueAt: cluster.clock.now(), run: () => terminate(context, view, end) }
    : { dueAt: cluster.clock.now() + context.pace(JOB_LOOK_MS), run() {} };
};

/** The next step of a container that runs; none for a server that is ready. */
export function runningStep(
  context: KubeletContext,
  view: ContainerView,
  running: NonNullable<ContainerState['running']>,
): Step | undefined {
  const { pod, container, status, isInit } = view;
  const startedAt = Date.parse(running.startedAt);
  const program = context.programOf(
    pod,
    container,
    context.cluster.get('nodes', undefined, pod.spec.nodeName ?? ''),
  );
  const { exit, waitsForJob } = program;
  if (waitsForJob !== undefined) {
    return jobWaitStep(context, view, waitsForJob);
  }
  const end: Step | undefined = exit && {
    dueAt: startedAt + context.pace(exit.afterMs),
    run: () => terminate(context, view, exit),
  };
  if (
    (isInit && container.restartPolicy !== 'Always') ||
    (status.ready && status.started)
  ) {
    return end;
  }
  const serves: Step = {
    dueAt: startedAt + context.pace(isProbed(container) ? program.loadMs : 0),
    run() {
      context.probes.delete(containerKey(view));
      writeContainer(context, view, { started: true, ready: true });
    },
  };
  return soonest([end, serves, probeStep(context, view, startedAt)]);
}

/** The next step of a container that ended: a restart, a back-off, or none when it has done its part. */
export function terminatedStep(
  context: KubeletContext,
  view: ContainerView,
  terminated: NonNullable<ContainerState['terminated']>,
): Step | undefined {
  const { pod, container, status, isInit } = view;
  const policy =
    isInit &&
    pod.spec.restartPolicy === 'Always' &&
    container.restartPolicy !== 'Always'
      ? 'OnFailure'
      : (container.restartPolicy ?? pod.spec.restartPolicy ?? 'Always');
  if (
    policy === 'Never' ||
    (policy === 'OnFailure' && terminated.exitCode === 0)
  ) {
    return undefined;
  }
  const finishedAt = Date.parse(terminated.finishedAt ?? '');
  const ranMs = finishedAt - Date.parse(terminated.startedAt ?? '');
  const dueAt = finishedAt + context.pace(REACTION_MS);
  const backOffMs = restartBackOffMs(status.restartCount);
  if (backOffMs === 0 || ranMs >= context.pace(BACK_OFF_RESET_MS)) {
    return { dueAt, run: () => startContainer(context, view) };
  }
  const { name, namespace, uid } = pod.metadata;
  const minutes = Math.floor(backOffMs / 60_000);
  const seconds = (backOffMs % 60_000) / 1000;
  const duration = minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
  return {
    dueAt,
    run() {
      recordKubelet(
        context,
        pod,
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${container.name} in pod ${name}_${namespace}(${uid})`,
        view,
      );
      writeContainer(context, view, {
        ready: false,
        started: false,
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: `back-off ${duration} restarting failed container=${container.name} pod=${name}_${namespace}(${uid})`,
          },
        },
        lastState: { terminated },
      });
    },
  };
}
