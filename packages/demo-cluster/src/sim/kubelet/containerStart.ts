import { createRandom, hashText } from '../../seed/random';
import {
  ContainerView,
  containerKey,
  imagesOf,
  KubeletContext,
  nextAttempt,
  recordKubelet,
  Step,
  writeContainer,
} from './KubeletContext';
import { findConfigProblem } from './podReferences';
import { lastStateOf, sandboxReadyAt } from './podStatus';

/** Image pull and container start back off from 10 s to 5 min, as the kubelet's do. */
const FIRST_BACK_OFF_MS = 10_000;
const LONGEST_BACK_OFF_MS = 300_000;
const CONFIG_RETRY_MS = 12_000;
const PULL_ERROR_MS = 1_500;

const DEFAULT_REGISTRY = 'docker.io/';

/** The full name of an image, as the runtime reports it. */
const fullName = (image: string): string => {
  const [first] = image.split('/');
  const hasRegistry =
    image.includes('/') && (first.includes('.') || first.includes(':'));
  const name = hasRegistry
    ? image
    : `${DEFAULT_REGISTRY}${image.includes('/') ? '' : 'library/'}${image}`;
  return /[:@][^/]*$/.test(name) ? name : `${name}:latest`;
};

/** The digest under which a simulated image is known: the same for the same name. */
export function imageId(image: string): string {
  const name = fullName(image).replace(/[:@][^/]*$/, '');
  return `${name}@sha256:${createRandom(hashText(image)).hex(64)}`;
}

const formatSeconds = (ms: number) => `${(ms / 1000).toFixed(3)}s`;

/** Creates and starts a container, unless its environment refers to something that is not there. */
export function startContainer(
  context: KubeletContext,
  view: ContainerView,
): void {
  const { cluster } = context;
  const { pod, container, status } = view;
  const key = containerKey(view);
  const problem = findConfigProblem(cluster, pod, container);
  if (problem) {
    recordKubelet(context, pod, 'Warning', 'Failed', `Error: ${problem}`, view);
    nextAttempt(context, key, CONFIG_RETRY_MS, CONFIG_RETRY_MS);
    writeContainer(context, view, {
      image: container.image,
      imageID: '',
      state: {
        waiting: { reason: 'CreateContainerConfigError', message: problem },
      },
    });
    return;
  }
  context.attempts.delete(key);
  context.probes.delete(key);
  recordKubelet(
    context,
    pod,
    'Normal',
    'Created',
    `Created container: ${container.name}`,
    view,
  );
  recordKubelet(
    context,
    pod,
    'Normal',
    'Started',
    `Started container ${container.name}`,
    view,
  );
  const isRestart = Boolean(
    status.state.terminated ?? status.lastState.terminated,
  );
  const isUnwatched =
    !container.startupProbe && !container.readinessProbe && !view.isInit;
  writeContainer(context, view, {
    image: fullName(container.image),
    imageID: imageId(container.image),
    containerID: `containerd://${createRandom(
      hashText(`${key}/${status.restartCount}`),
    ).hex(64)}`,
    restartCount: status.restartCount + (isRestart ? 1 : 0),
    started: !container.startupProbe && !view.isInit,
    ready: isUnwatched,
    state: { running: { startedAt: cluster.timestamp() } },
    lastState: lastStateOf(status),
  });
}

const failPull = (
  context: KubeletContext,
  view: ContainerView,
  error: string,
) => {
  const { image } = view.container;
  const message = `failed to pull and unpack image "${fullName(image)}": ${error}`;
  const record = (text: string) =>
    recordKubelet(context, view.pod, 'Warning', 'Failed', text, view);
  record(
    `Failed to pull image "${image}": rpc error: code = NotFound desc = ${message}`,
  );
  record('Error: ErrImagePull');
  nextAttempt(
    context,
    containerKey(view),
    FIRST_BACK_OFF_MS,
    LONGEST_BACK_OFF_MS,
  );
  writeContainer(context, view, {
    state: {
      waiting: {
        reason: 'ErrImagePull',
        message: `rpc error: code = NotFound desc = ${message}`,
      },
    },
  });
};

const backOffPull = (context: KubeletContext, view: ContainerView) => {
  const message = `Back-off pulling image "${view.container.image}"`;
  recordKubelet(context, view.pod, 'Normal', 'BackOff', message, view);
  recordKubelet(
    context,
    view.pod,
    'Warning',
    'Failed',
    'Error: ImagePullBackOff',
    view,
  );
  writeContainer(context, view, {
    state: { waiting: { reason: 'ImagePullBackOff', message } },
  });
};

/** Tells of a pull that begins. Nothing, when the node has the image already. */
export function announcePull(
  context: KubeletContext,
  view: ContainerView,
): void {
  const { image } = view.container;
  if (!imagesOf(context, view.pod.spec.nodeName ?? '').has(image)) {
    recordKubelet(
      context,
      view.pod,
      'Normal',
      'Pulling',
      `Pulling image "${image}"`,
      view,
    );
  }
}

const pullThenStart = (
  context: KubeletContext,
  view: ContainerView,
  since: number,
): Step => {
  const { pod, container } = view;
  const node = pod.spec.nodeName ?? '';
  const program = context.programOf(
    pod,
    container,
    context.cluster.get('nodes', undefined, node),
  );
  const { pullError } = program;
  if (pullError) {
    return {
      dueAt: since + context.pace(PULL_ERROR_MS),
      run: () => failPull(context, view, pullError),
    };
  }
  const images = imagesOf(context, node);
  const isPresent = images.has(container.image);
  return {
    dueAt: isPresent ? since : since + context.pace(program.pullMs),
    run() {
      images.add(container.image);
      const took = formatSeconds(program.pullMs);
      recordKubelet(
        context,
        pod,
        'Normal',
        'Pulled',
        isPresent
          ? `Container image "${container.image}" already present on machine`
          : `Successfully pulled image "${container.image}" in ${took} (${took} including waiting). Image size: ${program.imageBytes} bytes.`,
        view,
      );
      startContainer(context, view);
    },
  };
};

/**
 * The next step of a container that waits. `since` is when it could have begun.
 */
export function waitingStep(
  context: KubeletContext,
  view: ContainerView,
  since: number,
): Step {
  const reason = view.status.state.waiting?.reason;
  const now = context.cluster.clock.now();
  const attempt = context.attempts.get(containerKey(view));
  const nextAt = attempt?.nextAt ?? now;
  switch (reason) {
    case 'ErrImagePull':
      return {
        dueAt: attempt ? attempt.failedAt + context.pace(PULL_ERROR_MS) : now,
        run: () => backOffPull(context, view),
      };
    case 'ImagePullBackOff':
      return {
        dueAt: nextAt,
        run() {
          announcePull(context, view);
          pullThenStart(context, view, now).run();
        },
      };
    case 'CreateContainerConfigError':
      return { dueAt: nextAt, run: () => startContainer(context, view) };
    case 'CrashLoopBackOff': {
      const finishedAt = Date.parse(
        view.status.lastState.terminated?.finishedAt ?? '',
      );
      return {
        dueAt:
          finishedAt + context.pace(restartBackOffMs(view.status.restartCount)),
        run: () => pullThenStart(context, view, now).run(),
      };
    }
    default:
      return pullThenStart(
        context,
        view,
        Math.max(since, sandboxReadyAt(view.pod.status ?? {}) ?? now),
      );
  }
}

/** How long a container waits before its next start: none after the first end, then 10 s doubling to 5 min. */
export function restartBackOffMs(restartCount: number): number {
  return restartCount === 0
    ? 0
    : Math.min(
        LONGEST_BACK_OFF_MS,
        FIRST_BACK_OFF_MS * 2 ** (restartCount - 1),
      );
}
