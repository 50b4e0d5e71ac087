import { KubeObject, ObjectStore, ResourceId } from '../store/ObjectStore';
import { hashText } from '../seed/random';
import { formatTime } from '../sim/Cluster';
import { Container, Node, Pod } from '../sim/kubeTypes';
import { containerRequests } from '../sim/podResources';
import { quantityOrZero } from '../sim/quantities';
import { loadOf } from './loadCurve';

/** Values of `metrics.k8s.io/v1beta1`. */
export interface ResourceMetrics {
  podMetrics(namespace?: string): KubeObject[];
  nodeMetrics(): KubeObject[];
}

const API_VERSION = 'metrics.k8s.io/v1beta1';
const PODS: ResourceId = { group: '', version: 'v1', plural: 'pods' };
const NODES: ResourceId = { group: '', version: 'v1', plural: 'nodes' };

/** What the system of a node uses besides its pods. */
const SYSTEM_CORES = 0.35;
const SYSTEM_BYTES = 1.8 * 2 ** 30;

interface Usage {
  cores: number;
  bytes: number;
}

/** A container uses a share of what it asks for: more cpu when busy, memory near what it has loaded. */
const usageOf = (pod: Pod, container: Container, now: number): Usage => {
  const requests = containerRequests(container);
  const load = loadOf(pod, now);
  const lean =
    0.6 + (hashText(`${pod.metadata.uid}/${container.name}`) % 300) / 1000;
  const cores = quantityOrZero(requests.cpu) || 0.05;
  const bytes = quantityOrZero(requests.memory) || 64 * 2 ** 20;
  return {
    cores: cores * Math.max(0.02, load.ratio) * lean,
    bytes: bytes * lean * 0.7,
  };
};

const usageTexts = ({ cores, bytes }: Usage) => ({
  cpu: `${Math.round(cores * 1e9)}n`,
  memory: `${Math.round(bytes / 1024)}Ki`,
});

const isMeasured = (pod: Pod) =>
  pod.status?.phase === 'Running' && pod.spec.nodeName !== undefined;

/** Live values from the pods in a store. Made when they are asked for. */
export function createResourceMetrics(
  store: ObjectStore,
  now: () => number,
): ResourceMetrics {
  const pods = (namespace?: string) =>
    (store.list(PODS, { namespace }) as unknown as Pod[]).filter(isMeasured);
  const window = () => ({ timestamp: formatTime(now()), window: '15.000s' });
  return {
    podMetrics: namespace =>
      pods(namespace).map(pod => ({
        apiVersion: API_VERSION,
        kind: 'PodMetrics',
        metadata: {
          name: pod.metadata.name,
          namespace: pod.metadata.namespace,
          labels: pod.metadata.labels,
          creationTimestamp: formatTime(now()),
        },
        ...window(),
        containers: pod.spec.containers.map(container => ({
          name: container.name,
          usage: usageTexts(usageOf(pod, container, now())),
        })),
      })),
    nodeMetrics() {
      const byNode = new Map<string, Usage>();
      for (const pod of pods()) {
        const node = pod.spec.nodeName ?? '';
        const sum = byNode.get(node) ?? {
          cores: SYSTEM_CORES,
          bytes: SYSTEM_BYTES,
        };
        for (const container of pod.spec.containers) {
          const usage = usageOf(pod, container, now());
          sum.cores += usage.cores;
          sum.bytes += usage.bytes;
        }
        byNode.set(node, sum);
      }
      return (store.list(NODES) as unknown as Node[]).map(node => ({
        apiVersion: API_VERSION,
        kind: 'NodeMetrics',
        metadata: {
          name: node.metadata.name,
          labels: node.metadata.labels,
          creationTimestamp: formatTime(now()),
        },
        ...window(),
        usage: usageTexts(
          byNode.get(node.metadata.name) ?? {
            cores: SYSTEM_CORES,
            bytes: SYSTEM_BYTES,
          },
        ),
      }));
    },
  };
}
