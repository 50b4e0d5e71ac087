import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { formatTime } from '../sim/Cluster';
import { formatCores } from '../sim/quantities';
import { Condition, Node, ResourceList } from '../sim/kubeTypes';
import { gpuLabels, gpuResources, gpuTaintKey } from './gpuLabels';
import { NodePool } from './NodePool';
import { Random } from './random';

/** Version of the simulated kubelets and API server. */
export const KUBELET_VERSION = 'v1.35.2';

/** Cores and memory that the kubelet keeps back for the system. */
const RESERVED_CORES = 0.5;
const RESERVED_MEMORY_KI = 1_572_864;

const HEALTHY: ReadonlyArray<[type: string, reason: string, message: string]> =
  [
    [
      'MemoryPressure',
      'KubeletHasSufficientMemory',
      'kubelet has sufficient memory available',
    ],
    [
      'DiskPressure',
      'KubeletHasNoDiskPressure',
      'kubelet has no disk pressure',
    ],
    [
      'PIDPressure',
      'KubeletHasSufficientPID',
      'kubelet has sufficient PID available',
    ],
  ];

const conditions = (since: string): Condition[] => [
  ...HEALTHY.map(([type, reason, message]): Condition => ({
    type,
    status: 'False',
    reason,
    message,
    lastTransitionTime: since,
  })),
  {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
    lastTransitionTime: since,
  },
];

const texts = (counts: Record<string, number>): ResourceList =>
  Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, String(count)]),
  );

/**
 * A node of a pool. `position` counts over the whole cluster and gives the node its addresses.
 */
export function buildNode(options: {
  name: string;
  pool: NodePool;
  /** Number within the pool. */
  index: number;
  position: number;
  random: Random;
  createdAt: number;
}): Node {
  const { name, pool, index, position, random } = options;
  const since = formatTime(options.createdAt);
  const address = `10.${20 + Math.floor(position / 65_000)}.${Math.floor(position / 250) % 250}.${(position % 250) + 4}`;
  const podCIDR = `10.${100 + Math.floor(position / 256)}.${position % 256}.0/24`;
  const memoryKi =
    pool.memoryGiB * 1024 * 1024 - random.integer(200_000, 900_000);
  const devices = gpuResources(pool, index);
  const diskKi = 1_835_008_000;
  const capacity: ResourceList = {
    cpu: String(pool.cores),
    'ephemeral-storage': `${diskKi}Ki`,
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: `${memoryKi}Ki`,
    ...texts(devices.capacity),
    pods: '110',
  };
  const allocatable: ResourceList = {
    ...capacity,
    cpu: formatCores(pool.cores - RESERVED_CORES),
    // The eviction threshold of the kubelet: a tenth of the disk, in bytes.
    'ephemeral-storage': String(Math.floor(diskKi * 1024 * 0.9)),
    memory: `${memoryKi - RESERVED_MEMORY_KI}Ki`,
    ...texts(devices.healthy),
  };
  const hex = random.hex(32);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: random.uuid(),
      creationTimestamp: since,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': `demo.${pool.name}`,
        'topology.kubernetes.io/region': 'demo',
        'topology.kubernetes.io/zone': `demo-${'abc'[position % 3]}`,
        ...(pool.gpus && gpuLabels(pool.gpus)),
      },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
        [ANNOTATIONS.simulated]: 'true',
      },
    },
    spec: {
      podCIDR,
      podCIDRs: [podCIDR],
      providerID: `demo://${name}`,
      ...(pool.gpus && {
        taints: [
          {
            key: gpuTaintKey(pool.gpus),
            value: 'present',
            effect: 'NoSchedule',
          },
        ],
      }),
    },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      allocatable,
      capacity,
      conditions: conditions(since),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      images: [],
      nodeInfo: {
        architecture: 'amd64',
        bootID: random.uuid(),
        containerRuntimeVersion: 'containerd://2.1.5',
        kernelVersion: '6.8.0-87-generic',
        kubeProxyVersion: '',
        kubeletVersion: KUBELET_VERSION,
        machineID: hex,
        operatingSystem: 'linux',
        osImage: 'Ubuntu 24.04.3 LTS',
        systemUUID: random.uuid(),
      },
    },
  };
}

/** The nodes of some pools, e.g. `h100-1` and `h100-2`. */
export function buildNodes(
  pools: readonly NodePool[],
  random: Random,
  createdAt: number,
): Node[] {
  let position = 0;
  return pools.flatMap(pool =>
    Array.from({ length: pool.nodeCount }, (_, index) =>
      buildNode({
        name: `${pool.name}-${index + 1}`,
        pool,
        index,
        position: position++,
        random: random.fork(`node/${pool.name}/${index}`),
        createdAt,
      }),
    ),
  );
}
