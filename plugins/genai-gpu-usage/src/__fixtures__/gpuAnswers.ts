import type {
  ClusterStatus,
  GpuAllocation,
  GpuGroup,
  GpuNode,
  GpuOverview,
} from '@promptside/backstage-plugin-genai-common';

export const demoCluster: ClusterStatus = {
  name: 'demo',
  title: 'Demo cluster',
  state: 'Live',
  version: 7,
  simulated: true,
};

const h100 = {
  vendor: 'nvidia',
  resource: 'nvidia.com/gpu',
  sharing: 'Whole',
  product: 'NVIDIA-H100-80GB-HBM3',
  memoryBytes: 85_520_809_984,
} as const;

const migSlice = {
  vendor: 'nvidia',
  resource: 'nvidia.com/mig-1g.10gb',
  sharing: 'Mig',
  product: 'NVIDIA-A100-SXM4-80GB',
  profile: '1g.10gb',
} as const;

const flex = {
  vendor: 'intel',
  resource: 'gpu.intel.com/i915',
  sharing: 'Shared',
  product: 'Flex_170',
} as const;

export const groups: GpuGroup[] = [
  {
    cluster: 'demo',
    ...h100,
    nodeCount: 2,
    physicalCount: 16,
    counts: {
      capacity: 16,
      allocatable: 15,
      allocated: 9,
      free: 6,
      unhealthy: 1,
    },
    schedulableFree: 4,
    largestFree: 4,
  },
  {
    cluster: 'demo',
    ...migSlice,
    nodeCount: 1,
    counts: {
      capacity: 14,
      allocatable: 14,
      allocated: 3,
      free: 11,
      unhealthy: 0,
    },
    schedulableFree: 11,
    largestFree: 11,
  },
  {
    cluster: 'demo',
    ...flex,
    nodeCount: 1,
    physicalCount: 2,
    counts: {
      capacity: 4,
      allocatable: 4,
      allocated: 4,
      free: 0,
      unhealthy: 0,
    },
    schedulableFree: 0,
    largestFree: 0,
  },
];

export const overview: GpuOverview = {
  groups,
  owners: [
    {
      cluster: 'demo',
      owner: 'group:default/team-search',
      namespaces: ['search'],
      vendor: 'nvidia',
      resource: 'nvidia.com/gpu',
      product: h100.product,
      sharing: 'Whole',
      allocated: 5,
      podCount: 3,
    },
    {
      cluster: 'demo',
      namespaces: ['sandbox'],
      vendor: 'nvidia',
      resource: 'nvidia.com/gpu',
      product: h100.product,
      sharing: 'Whole',
      allocated: 4,
      podCount: 1,
    },
  ],
  pending: [
    {
      cluster: 'demo',
      vendor: 'nvidia',
      resource: 'nvidia.com/gpu',
      count: 8,
      podCount: 1,
    },
  ],
  clusters: [demoCluster],
};

export const allocation: GpuAllocation = {
  cluster: 'demo',
  namespace: 'search',
  pod: 'ranker-7d9f-abcde',
  podUid: 'uid-ranker',
  phase: 'Running',
  ready: true,
  node: 'h100-0',
  ...h100,
  count: 2,
  workload: { kind: 'Deployment', name: 'ranker' },
  entityRef: 'component:default/ranker',
  owner: 'group:default/team-search',
  model: 'google/gemma-2-9b-it',
  since: '2026-05-01T12:00:00Z',
};

export const waiting: GpuAllocation = {
  ...allocation,
  pod: 'trainer-0',
  podUid: 'uid-trainer',
  namespace: 'sandbox',
  phase: 'Pending',
  ready: false,
  node: undefined,
  count: 8,
  workload: { kind: 'StatefulSet', name: 'trainer' },
  entityRef: undefined,
  owner: undefined,
  model: undefined,
  since: undefined,
  reason: 'Unschedulable',
  message: '0/6 nodes are available: 6 Insufficient nvidia.com/gpu.',
};

export const node: GpuNode = {
  cluster: 'demo',
  name: 'h100-0',
  state: 'Ready',
  taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
  driverVersion: '570.124.06',
  pools: [
    {
      ...h100,
      physicalCount: 8,
      counts: {
        capacity: 8,
        allocatable: 8,
        allocated: 2,
        free: 6,
        unhealthy: 0,
      },
    },
  ],
  allocations: [allocation],
};
