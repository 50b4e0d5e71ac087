import type {
  GpuNode,
  GpuNodePool,
} from '@promptside/backstage-plugin-genai-common';

const GIB = 2 ** 30;

interface NodeRow extends Partial<Omit<GpuNodePool, 'counts'>> {
  name: string;
  cluster?: string;
  state?: GpuNode['state'];
  taints?: GpuNode['taints'];
  gib?: number;
  /** healthy devices; default 8 */
  devices?: number;
  /** default: all */
  free?: number;
}

/** A node with one pool of devices, as the live state tells of it. */
export function gpuNode(row: NodeRow): GpuNode {
  const { name, cluster = 'demo', devices = 8, free = devices } = row;
  const { vendor = 'nvidia', resource = 'nvidia.com/gpu' } = row;
  return {
    cluster,
    name,
    state: row.state ?? 'Ready',
    taints: row.taints ?? [],
    pools: [
      {
        vendor,
        resource,
        sharing: row.sharing ?? 'Whole',
        product: row.product,
        profile: row.profile,
        memoryBytes: row.gib === undefined ? undefined : row.gib * GIB,
        counts: {
          capacity: devices,
          allocatable: devices,
          allocated: devices - free,
          free,
          unhealthy: 0,
        },
      },
    ],
  };
}

const nvidiaTaint = [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }];

export const H100 = gpuNode({
  name: 'h100-a',
  product: 'NVIDIA-H100-80GB-HBM3',
  gib: 79.65,
  taints: nvidiaTaint,
});
export const L4 = gpuNode({
  name: 'l4-a',
  product: 'NVIDIA-L4',
  gib: 22.5,
  devices: 4,
});
export const T4 = gpuNode({
  name: 't4-a',
  product: 'Tesla-T4',
  gib: 15,
  devices: 4,
});
export const A100 = gpuNode({
  name: 'a100-a',
  product: 'NVIDIA-A100-SXM4-80GB',
  gib: 80,
});
export const MIG_3G = gpuNode({
  name: 'mig-a',
  product: 'NVIDIA-A100-SXM4-80GB',
  resource: 'nvidia.com/mig-3g.40gb',
  sharing: 'Mig',
  profile: '3g.40gb',
  gib: 39.25,
  devices: 2,
});
export const MI300X = gpuNode({
  name: 'mi300x-a',
  vendor: 'amd',
  resource: 'amd.com/gpu',
  product: 'AMD_Instinct_MI300X_OAM',
  gib: 191.98,
});
export const MAX_1550 = gpuNode({
  name: 'max-a',
  vendor: 'intel',
  resource: 'gpu.intel.com/xe',
  product: 'Max_1550',
  gib: 128,
  devices: 4,
});
