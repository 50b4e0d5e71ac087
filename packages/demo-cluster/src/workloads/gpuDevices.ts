import {
  A100,
  A100_MIG_PROFILES,
  AnyGpuProduct,
  FLEX_170,
  H100,
  L4,
  MAX_1550,
  MI300X,
  MigProfile,
} from '../seed/gpuProducts';
import { createRandom, hashText } from '../seed/random';
import { Node } from '../sim/kubeTypes';
import { quantityOrZero } from '../sim/quantities';

/** One schedulable device of a node: a GPU, a slice of one, or a slot on one. */
export interface GpuDevice {
  resource: string;
  /** Number of the physical GPU on the node. */
  gpuIndex: number;
  /** Slot on a time-sliced GPU. */
  slot: number;
  mig?: { profile: MigProfile; instanceId: number };
  memoryMiB: number;
  healthy: boolean;
}

/** One physical GPU with the devices on it. */
export interface PhysicalGpu {
  product: AnyGpuProduct;
  index: number;
  /** Without the vendor's prefix. */
  uuid: string;
  /** Bus and device, e.g. `17:00.0`. */
  pciAddress: string;
  serial: string;
  healthy: boolean;
  devices: GpuDevice[];
}

const PRODUCTS: readonly AnyGpuProduct[] = [
  H100,
  L4,
  A100,
  MI300X,
  MAX_1550,
  FLEX_170,
];

const PRODUCT_LABELS = [
  'nvidia.com/gpu.product',
  'amd.com/gpu.product-name',
  'gpu.intel.com/product',
];

/** The product of a node's GPUs, from the vendor's label; `undefined` for a node without known GPUs. */
export function productOf(node: Node): AnyGpuProduct | undefined {
  const labels = node.metadata.labels ?? {};
  const label = PRODUCT_LABELS.map(key => labels[key]).find(
    value => value !== undefined,
  );
  return PRODUCTS.find(
    product => label === product.label || label === `${product.label}-SHARED`,
  );
}

const wholeResource = (product: AnyGpuProduct) => {
  switch (product.vendor) {
    case 'nvidia':
      return 'nvidia.com/gpu';
    case 'amd':
      return 'amd.com/gpu';
    default:
      return product.resource;
  }
};

/** Slices per GPU of each profile; the largest number that the hardware takes. */
const SLICES_PER_GPU: Record<string, number> = { '1g.10gb': 7, '3g.40gb': 2 };

const migDevices = (node: Node): GpuDevice[][] =>
  Object.values(A100_MIG_PROFILES).flatMap(profile => {
    const resource = `nvidia.com/mig-${profile.name}`;
    const count = quantityOrZero(node.status.capacity[resource]);
    const perGpu = SLICES_PER_GPU[profile.name];
    return Array.from({ length: Math.ceil(count / perGpu) }, () =>
      Array.from({ length: perGpu }, (_, slice) => ({
        resource,
        gpuIndex: 0,
        slot: 0,
        mig: { profile, instanceId: profile.firstInstanceId + slice },
        memoryMiB: profile.memoryMiB,
        healthy: true,
      })),
    );
  });

/**
 * The GPUs of a node, from its labels, capacity and allocatable alone. Identities follow from the node's name, so they are
 * the same after a restart. Which device failed is not in the API; it is always the same one here.
 */
export function gpusOf(node: Node): PhysicalGpu[] {
  const product = productOf(node);
  if (!product) {
    return [];
  }
  const labels = node.metadata.labels ?? {};
  const resource = wholeResource(product);
  const capacity = quantityOrZero(node.status.capacity[resource]);
  const allocatable = quantityOrZero(node.status.allocatable[resource]);
  const slots =
    labels['nvidia.com/gpu.sharing-strategy'] === 'time-slicing'
      ? Number(labels['nvidia.com/gpu.replicas'])
      : 1;
  const slices = migDevices(node);
  const count = slices.length > 0 ? slices.length : capacity / slots;
  const failed = (capacity - allocatable) / slots;
  const random = createRandom(hashText(`gpus/${node.metadata.name}`));
  // The first one that failed; further ones follow it.
  const firstFailed = random.integer(0, Math.max(0, count - 1));
  return Array.from({ length: count }, (_, index) => {
    const healthy = (index - firstFailed + count) % count >= failed;
    const whole = Array.from({ length: slots }, (__, slot) => ({
      resource,
      gpuIndex: index,
      slot,
      memoryMiB: product.memoryMiB,
      healthy,
    }));
    return {
      product,
      index,
      uuid: random.uuid(),
      pciAddress: `${(0x17 + index * 0x11).toString(16).padStart(2, '0')}:00.0`,
      serial: `69225${String(random.integer(0, 9_999_999)).padStart(7, '0')}`,
      healthy,
      devices:
        slices.length > 0
          ? slices[index].map(device => ({ ...device, gpuIndex: index }))
          : whole,
    };
  });
}

/** Memory in MiB of one device of a resource on a node; `undefined` when the node has none. */
export function deviceMemoryMiB(
  node: Node,
  resource: string,
): number | undefined {
  for (const gpu of gpusOf(node)) {
    const device = gpu.devices.find(entry => entry.resource === resource);
    if (device) {
      return device.memoryMiB;
    }
  }
  return undefined;
}
