import { Cluster } from '../Cluster';
import { EventRecorder } from '../EventRecorder';
import { Pod } from '../kubeTypes';
import { objectKey, SimController, splitKey } from '../SimController';
import { ProgramOf } from './ContainerProgram';
import { imagesOf, KubeletContext } from './KubeletContext';
import { nextPodStep } from './podSteps';

/** Bound of steps per look at a pod: several may be due at once, e.g. at a high time scale. */
const MAX_STEPS = 8;

const allStatuses = (pod: Pod) => [
  ...(pod.status?.initContainerStatuses ?? []),
  ...(pod.status?.containerStatuses ?? []),
];

const rememberImages = (context: KubeletContext, pod: Pod) => {
  const node = pod.spec.nodeName;
  if (node) {
    const containers = [
      ...pod.spec.containers,
      ...(pod.spec.initContainers ?? []),
    ];
    for (const status of allStatuses(pod)) {
      const image = containers.find(({ name }) => name === status.name)?.image;
      if (status.imageID && image) {
        imagesOf(context, node).add(image);
      }
    }
  }
};

/** Whether the pod waits for a Secret or ConfigMap, so that the arrival of one is worth a look. */
const waitsForReference = (pod: Pod) =>
  !pod.status?.podIP ||
  allStatuses(pod).some(
    ({ state }) => state.waiting?.reason === 'CreateContainerConfigError',
  );

/**
 * All kubelets of the cluster in one: walks each pod through its phases. A pod that runs and is ready costs nothing.
 */
export function createKubelet(
  cluster: Cluster,
  events: EventRecorder,
  options: { programOf: ProgramOf; pace: (simulatedMs: number) => number },
): SimController {
  const context: KubeletContext = {
    cluster,
    events,
    ...options,
    attempts: new Map(),
    probes: new Map(),
    images: new Map(),
    stopping: new Set(),
  };
  const forget = (uid: string) => {
    for (const map of [context.attempts, context.probes]) {
      for (const key of map.keys()) {
        if (key.startsWith(uid)) {
          map.delete(key);
        }
      }
    }
    context.stopping.delete(uid);
  };

  return {
    name: 'kubelet',
    initialKeys() {
      const pods = cluster.list('pods').filter(pod => pod.spec.nodeName);
      pods.forEach(pod => rememberImages(context, pod));
      return pods.map(objectKey);
    },
    keysOf({ type, resource, object }) {
      if (resource === 'pods') {
        const pod = object as Pod;
        if (type === 'DELETED') {
          forget(pod.metadata.uid ?? '');
          return [];
        }
        return pod.spec.nodeName ? [objectKey(pod)] : [];
      }
      if (resource !== 'secrets' && resource !== 'configmaps') {
        return [];
      }
      return cluster
        .list('pods', object.metadata.namespace)
        .filter(pod => pod.spec.nodeName && waitsForReference(pod))
        .map(pod => {
          for (const [key, attempt] of context.attempts) {
            if (key.startsWith(pod.metadata.uid ?? '')) {
              context.attempts.set(key, {
                ...attempt,
                nextAt: cluster.clock.now(),
              });
            }
          }
          return objectKey(pod);
        });
    },
    reconcile(key) {
      for (let count = 0; count < MAX_STEPS; count++) {
        const pod = cluster.get('pods', ...splitKey(key));
        const step =
          pod?.spec.nodeName !== undefined
            ? nextPodStep(context, pod)
            : undefined;
        if (!step) {
          return undefined;
        }
        const waitMs = step.dueAt - cluster.clock.now();
        if (waitMs > 0) {
          return waitMs;
        }
        step.run();
      }
      return 0;
    },
  };
}
