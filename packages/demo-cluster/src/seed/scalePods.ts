import { KubeObject, ObjectMeta } from '../store/ObjectStore';
import { formatTime } from '../sim/Cluster';
import { imageId } from '../sim/kubelet/containerStart';
import { Node, Pod, PodStatus } from '../sim/kubeTypes';
import { buildPod } from '../sim/podFactory';
import { ReplicaSet } from '../sim/workloadTypes';
import { fieldsOf, managedBy } from './managedFields';
import { Random } from './random';

const CONDITIONS = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
] as const;

/** From creation to readiness in the made-up past. */
const START_MS = 40_000;

const statusOf = (
  pod: Pod,
  node: Node,
  podIP: string,
  createdAt: number,
  random: Random,
): PodStatus => {
  const created = formatTime(createdAt);
  const ready = formatTime(createdAt + START_MS);
  const hostIP = node.status.addresses[0].address;
  return {
    phase: 'Running',
    conditions: CONDITIONS.map(type => ({
      type,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: type.endsWith('Ready') ? ready : created,
    })),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: created,
    qosClass: pod.status?.qosClass,
    containerStatuses: pod.spec.containers.map(({ name, image }) => ({
      name,
      image: image.includes('.') ? image : `docker.io/${image}`,
      imageID: imageId(image),
      containerID: `containerd://${random.hex(64)}`,
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: created } },
      lastState: {},
    })),
  };
};

/**
 * Running pods of a ReplicaSet, one on each given node. What is the same in all of them is one object in memory.
 */
export function buildScalePods(options: {
  replicaSet: ReplicaSet;
  placements: Array<{ node: Node; podIP: string }>;
  createdAt: number;
  random: Random;
}): KubeObject[] {
  const { replicaSet, placements, createdAt, random } = options;
  const base = buildPod({
    owner: replicaSet,
    template: replicaSet.spec.template,
    name: replicaSet.metadata.name,
  });
  const created = formatTime(createdAt);
  const { name: _name, namespace: _namespace, ...written } = base.metadata;
  const specFields = fieldsOf({ metadata: written, spec: base.spec });
  let managedFields: ObjectMeta['managedFields'];
  return placements.map(({ node, podIP }): KubeObject => {
    const status = statusOf(base, node, podIP, createdAt, random);
    managedFields ??= [
      managedBy('kube-controller-manager', specFields, created),
      managedBy(
        'kubelet',
        fieldsOf({ status: { ...status, podIP: '', podIPs: [], hostIPs: [] } }),
        formatTime(createdAt + START_MS),
        'status',
      ),
    ];
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...base.metadata,
        name: `${replicaSet.metadata.name}-${random.suffix()}`,
        uid: random.uuid(),
        creationTimestamp: created,
        managedFields,
      },
      spec: { ...base.spec, nodeName: node.metadata.name },
      status,
    };
  });
}
