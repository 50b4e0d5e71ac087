import { Cluster } from '../Cluster';
import { EventRecorder } from '../EventRecorder';
import { Container, ContainerStatus, Pod, PodStatus } from '../kubeTypes';
import { ProgramOf } from './ContainerProgram';
import { completeStatus, withContainerStatus } from './podStatus';

/** A change that is due at a time (milliseconds since the epoch). */
export interface Step {
  dueAt: number;
  run(): void;
}

/** A container of a pod with its present status. */
export interface ContainerView {
  pod: Pod;
  container: Container;
  status: ContainerStatus;
  isInit: boolean;
}

/**
 * What the kubelets share. `attempts` and `probes` are not in any object's status; after a restart of the simulation they
 * start afresh, as those of a restarted kubelet do.
 */
export interface KubeletContext {
  cluster: Cluster;
  events: EventRecorder;
  programOf: ProgramOf;
  /** Real milliseconds for simulated ones. */
  pace(simulatedMs: number): number;
  /** Failed attempts by pod uid and purpose: how many, when the last one was and when the next one is due. */
  attempts: Map<string, { count: number; failedAt: number; nextAt: number }>;
  /** When the next failing probe is reported, by pod uid and container. */
  probes: Map<string, number>;
  /** Images each node has, by node name. */
  images: Map<string, Set<string>>;
  /** Pods whose containers were told to stop. */
  stopping: Set<string>;
}

/** Key of a container in the context's maps. */
export function containerKey({ pod, container }: ContainerView): string {
  return `${pod.metadata.uid}/${container.name}`;
}

/** Writes an event of the pod's kubelet. */
export function recordKubelet(
  { events }: KubeletContext,
  pod: Pod,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  view?: ContainerView,
): void {
  events.record(pod, {
    type,
    reason,
    message,
    component: 'kubelet',
    host: pod.spec.nodeName,
    ...(view && {
      fieldPath: `spec.${view.isInit ? 'initContainers' : 'containers'}{${view.container.name}}`,
    }),
  });
}

/** Writes a pod's status; phase and conditions follow from the containers. */
export function writeStatus(
  { cluster }: KubeletContext,
  pod: Pod,
  change: (status: PodStatus) => PodStatus,
): void {
  cluster.modify(
    'pods',
    pod,
    current => ({
      ...current,
      status: completeStatus(
        current,
        change(current.status ?? {}),
        cluster.timestamp(),
      ),
    }),
    'status',
  );
}

/** Writes one container's status. */
export function writeContainer(
  context: KubeletContext,
  view: ContainerView,
  next: Partial<ContainerStatus>,
): void {
  writeStatus(context, view.pod, status =>
    withContainerStatus(status, view.isInit, { ...view.status, ...next }),
  );
}

/** The images of a node. */
export function imagesOf(context: KubeletContext, node: string): Set<string> {
  const images = context.images.get(node) ?? new Set<string>();
  context.images.set(node, images);
  return images;
}

/**
 * Counts a failed attempt and gives the simulated delay until the next: doubling from the first up to the longest.
 */
export function nextAttempt(
  context: KubeletContext,
  key: string,
  firstMs: number,
  longestMs: number,
): void {
  const count = context.attempts.get(key)?.count ?? 0;
  const delay = Math.min(longestMs, firstMs * 2 ** count);
  const failedAt = context.cluster.clock.now();
  context.attempts.set(key, {
    count: count + 1,
    failedAt,
    nextAt: failedAt + context.pace(delay),
  });
}
