import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { formatTime } from '../sim/Cluster';
import { Node } from '../sim/kubeTypes';
import { controllerReference, templateHash } from '../sim/podFactory';
import { Deployment, ReplicaSet } from '../sim/workloadTypes';
import { buildNode } from './nodes';
import { NodePool, SCALE_POOLS } from './NodePool';
import { Random } from './random';
import { buildScalePods } from './scalePods';
import { ScaleWorkload, scaleTemplate, selectorOf } from './scaleTemplates';
import { seedObject, SeedObject } from './SeedObject';

/** GPUs per pod of the slots of one node: six of its eight are in use. */
const GPU_SLOTS = [1, 1, 1, 1, 2] as const;
const GPU_SHARE = 0.3;
const GPU_REPLICAS = 4;
/** Replicas of the first GPU workload, where there are nodes enough: one that is large for a single service. */
const LARGE_GPU_REPLICAS = 50;
const SERVICE_REPLICAS = 8;
const NAMESPACES = 50;
/** The kubelet's limit, less what an addition by hand may need. */
const MOST_PODS_PER_NODE = 100;

interface PooledNode {
  pool: NodePool;
  node: Node;
}

const buildPooledNodes = (
  count: number,
  random: Random,
  createdAt: number,
): PooledNode[] => {
  const result: PooledNode[] = [];
  SCALE_POOLS.forEach(({ pool, share }, poolIndex) => {
    const isLast = poolIndex === SCALE_POOLS.length - 1;
    const size = isLast
      ? count - result.length
      : Math.min(count - result.length, Math.round(count * share));
    for (let index = 0; index < size; index++) {
      result.push({
        pool,
        node: buildNode({
          name: `${pool.name}-${String(index + 1).padStart(4, '0')}`,
          pool,
          index,
          position: result.length,
          random,
          createdAt,
        }),
      });
    }
  });
  return result;
};

const chunk = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

interface Placed {
  workload: ScaleWorkload;
  nodes: Node[];
}

const namespaceOf = (index: number) =>
  `scale-${String(index % NAMESPACES).padStart(2, '0')}`;

/** GPU workloads: the same slot of neighbouring nodes of a pool makes one Deployment. */
const placeGpuWorkloads = (nodes: PooledNode[], podCount: number): Placed[] => {
  const placed: Placed[] = [];
  let left = podCount;
  for (const perPod of GPU_SLOTS) {
    for (const { pool } of SCALE_POOLS) {
      const members = nodes.filter(entry => entry.pool === pool);
      const first =
        placed.length === 0 && members.length > LARGE_GPU_REPLICAS
          ? members.splice(0, LARGE_GPU_REPLICAS)
          : [];
      for (const group of [first, ...chunk(members, GPU_REPLICAS)]) {
        const chosen = group.slice(0, left);
        if (chosen.length > 0) {
          left -= chosen.length;
          placed.push({
            workload: {
              name: `llm-${String(placed.length).padStart(5, '0')}`,
              namespace: namespaceOf(placed.length),
              replicas: chosen.length,
              gpus: { pool, perPod },
            },
            nodes: chosen.map(({ node }) => node),
          });
        }
      }
    }
  }
  return placed;
};

const placeServices = (nodes: PooledNode[], podCount: number): Placed[] => {
  const targets = Array.from(
    { length: podCount },
    (_, index) => nodes[index % nodes.length].node,
  );
  return chunk(targets, SERVICE_REPLICAS).map((members, index) => ({
    workload: {
      name: `svc-${String(index).padStart(5, '0')}`,
      namespace: namespaceOf(index),
      replicas: members.length,
    },
    nodes: members,
  }));
};

const workloadObjects = (
  { workload, nodes }: Placed,
  nextAddress: (node: Node) => string,
  createdAt: number,
  random: Random,
): SeedObject[] => {
  const { name, namespace, replicas } = workload;
  const template = scaleTemplate(workload);
  const hash = templateHash(template);
  const matchLabels = selectorOf(workload);
  const created = formatTime(createdAt);
  const meta = {
    name,
    namespace,
    creationTimestamp: created,
    labels: template.metadata?.labels,
    annotations: {
      ...template.metadata?.annotations,
      'deployment.kubernetes.io/revision': '1',
    },
  };
  const deployment: Deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...meta, uid: random.uuid(), generation: 1 },
    spec: {
      replicas,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
      },
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 600,
      selector: { matchLabels },
      template,
    },
  };
  const hashLabel = { 'pod-template-hash': hash };
  const replicaSet: ReplicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...meta,
      name: `${name}-${hash}`,
      uid: random.uuid(),
      generation: 1,
      labels: { ...meta.labels, ...hashLabel },
      annotations: {
        'deployment.kubernetes.io/desired-replicas': String(replicas),
        'deployment.kubernetes.io/max-replicas': String(replicas),
        'deployment.kubernetes.io/revision': '1',
      },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      selector: { matchLabels: { ...matchLabels, ...hashLabel } },
      template: {
        ...template,
        metadata: {
          ...template.metadata,
          labels: { ...template.metadata?.labels, ...hashLabel },
        },
      },
    },
  };
  const pods = buildScalePods({
    replicaSet,
    placements: nodes.map(node => ({ node, podIP: nextAddress(node) })),
    createdAt,
    random,
  });
  const plain = ({ metadata, spec }: Deployment | ReplicaSet) =>
    [metadata, { spec }] as const;
  return [
    seedObject('apps/v1', 'Deployment', 'deployments', ...plain(deployment)),
    seedObject('apps/v1', 'ReplicaSet', 'replicasets', ...plain(replicaSet)),
    seedObject(
      'v1',
      'Service',
      'services',
      { name, namespace, labels: meta.labels, creationTimestamp: created },
      {
        spec: {
          type: 'ClusterIP',
          selector: matchLabels,
          ports: [
            { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
          ],
        },
      },
    ),
    ...pods.map(object => ({
      resource: { group: '', version: 'v1', plural: 'pods' },
      object,
    })),
  ];
};

/**
 * A large cluster: nodes of three vendors with eight GPUs each, and exactly as many running pods of real size as asked for,
 * with their Deployments, ReplicaSets and Services. Throws when the pods do not fit on the nodes.
 */
export function scaleObjects(options: {
  random: Random;
  nodeCount: number;
  podCount: number;
  createdAt: number;
}): { nodes: Node[]; objects: SeedObject[] } {
  const { random, nodeCount, podCount, createdAt } = options;
  if (podCount > nodeCount * MOST_PODS_PER_NODE) {
    throw new Error(
      `${podCount} pods do not fit on ${nodeCount} nodes: at most ${MOST_PODS_PER_NODE} a node`,
    );
  }
  const nodes = buildPooledNodes(nodeCount, random, createdAt);
  const gpuWorkloads = placeGpuWorkloads(
    nodes,
    Math.floor(podCount * GPU_SHARE),
  );
  const gpuPods = gpuWorkloads.reduce(
    (sum, { workload }) => sum + workload.replicas,
    0,
  );
  const nextHost = new Map<string, number>();
  const nextAddress = (node: Node) => {
    const host = nextHost.get(node.metadata.name) ?? 2;
    nextHost.set(node.metadata.name, host + 1);
    return (node.spec.podCIDR ?? '').replace(/\.0\/24$/, `.${host}`);
  };
  return {
    nodes: nodes.map(({ node }) => node),
    objects: [
      ...Array.from({ length: NAMESPACES }, (_, index) =>
        seedObject('v1', 'Namespace', 'namespaces', {
          name: namespaceOf(index),
          annotations: {
            [ANNOTATIONS.owner]: `group:default/${namespaceOf(index)}`,
          },
        }),
      ),
      ...[...gpuWorkloads, ...placeServices(nodes, podCount - gpuPods)].flatMap(
        placed => workloadObjects(placed, nextAddress, createdAt, random),
      ),
    ],
  };
}
