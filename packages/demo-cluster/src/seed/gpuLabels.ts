import { AmdProduct, IntelProduct, NvidiaProduct } from './gpuProducts';
import { NodeGpus, NodePool } from './NodePool';

/** NVIDIA driver of the demo, as the GPU Operator 26.7 ships it. */
export const NVIDIA_DRIVER = '595.91.07';

type NvidiaGpus = Extract<NodeGpus, { product: NvidiaProduct }>;
type Labels = Record<string, string>;
type Counts = Record<string, number>;

/** Whether GPUs are NVIDIA's. */
export const isNvidia = (gpus: NodeGpus): gpus is NvidiaGpus =>
  gpus.product.vendor === 'nvidia';

const OPERANDS = [
  'container-toolkit',
  'dcgm',
  'dcgm-exporter',
  'device-plugin',
  'driver',
  'gpu-feature-discovery',
  'node-status-exporter',
  'operator-validator',
];

const nvidiaLabels = (gpus: NvidiaGpus): Labels => {
  const { product, count, timeSlices, mig } = gpus;
  const [driverMajor, driverMinor, driverRevision] = NVIDIA_DRIVER.split('.');
  const labels: Labels = {
    'feature.node.kubernetes.io/pci-10de.present': 'true',
    'nvidia.com/gpu.present': 'true',
    'nvidia.com/gpu.product': `${product.label}${timeSlices ? '-SHARED' : ''}`,
    'nvidia.com/gpu.count': String(count),
    'nvidia.com/gpu.memory': String(product.memoryMiB),
    'nvidia.com/gpu.family': product.family,
    'nvidia.com/gpu.machine': product.machine,
    'nvidia.com/gpu.mode': 'compute',
    'nvidia.com/gpu.compute.major': String(product.computeMajor),
    'nvidia.com/gpu.compute.minor': String(product.computeMinor),
    'nvidia.com/gpu.replicas': String(mig ? 0 : (timeSlices ?? 1)),
    'nvidia.com/gpu.sharing-strategy': timeSlices ? 'time-slicing' : 'none',
    'nvidia.com/gpu-driver-upgrade-state': 'upgrade-done',
    'nvidia.com/cuda.driver-version.full': NVIDIA_DRIVER,
    'nvidia.com/cuda.driver-version.major': driverMajor,
    'nvidia.com/cuda.driver-version.minor': driverMinor,
    'nvidia.com/cuda.driver-version.revision': driverRevision,
    'nvidia.com/cuda.runtime-version.full': '13.2',
    'nvidia.com/cuda.runtime-version.major': '13',
    'nvidia.com/cuda.runtime-version.minor': '2',
    'nvidia.com/mig.capable': String(product.migCapable),
    'nvidia.com/mig.strategy': mig ? 'mixed' : 'single',
    'nvidia.com/mps.capable': 'false',
    'nvidia.com/vgpu.present': 'false',
    'nvidia.com/gfd.timestamp': '1780000000',
  };
  for (const operand of OPERANDS) {
    labels[`nvidia.com/gpu.deploy.${operand}`] = 'true';
  }
  if (timeSlices) {
    labels['nvidia.com/device-plugin.config'] = 'time-slicing-4';
  }
  if (product.migCapable) {
    labels['nvidia.com/gpu.deploy.mig-manager'] = 'true';
    labels['nvidia.com/mig.config'] = mig ? 'custom-mixed' : 'all-disabled';
    labels['nvidia.com/mig.config.state'] = 'success';
  }
  for (const { profile, gpus: cut, slicesPerGpu } of mig ?? []) {
    const prefix = `nvidia.com/mig-${profile.name}`;
    Object.assign(labels, {
      [`${prefix}.count`]: String(cut * slicesPerGpu),
      [`${prefix}.memory`]: String(profile.memoryMiB),
      [`${prefix}.multiprocessors`]: String(profile.multiprocessors),
      [`${prefix}.product`]: `${product.label}-MIG-${profile.name}`,
      [`${prefix}.replicas`]: '1',
      [`${prefix}.sharing-strategy`]: 'none',
      [`${prefix}.slices.ci`]: String(profile.computeSlices),
      [`${prefix}.slices.gi`]: String(profile.computeSlices),
    });
  }
  return labels;
};

const amdLabels = (product: AmdProduct, count: number): Labels => {
  const facts: Labels = {
    vram: product.vram,
    'cu-count': String(product.cuCount),
    'simd-count': String(product.simdCount),
    'device-id': product.deviceId,
    family: 'AI',
    'product-name': product.label,
    'driver-version': '6.14.14',
    'compute-memory-partition': 'spx_nps1',
    'compute-partitioning-supported': 'true',
    'memory-partitioning-supported': 'true',
  };
  const labels: Labels = {
    'feature.node.kubernetes.io/amd-gpu': 'true',
    'feature.node.kubernetes.io/pci-1002.present': 'true',
  };
  for (const [name, value] of Object.entries(facts)) {
    labels[`amd.com/gpu.${name}`] = value;
  }
  for (const name of ['vram', 'cu-count', 'device-id', 'family']) {
    labels[`beta.amd.com/gpu.${name}.${facts[name]}`] = String(count);
  }
  return labels;
};

const intelLabels = (product: IntelProduct, count: number): Labels => ({
  'feature.node.kubernetes.io/pci-8086.present': 'true',
  'intel.feature.node.kubernetes.io/gpu': 'true',
  'gpu.intel.com/device.count': String(count),
  [`gpu.intel.com/device-id.0380-${product.pciDevice}.count`]: String(count),
  [`gpu.intel.com/device-id.0380-${product.pciDevice}.present`]: 'true',
  'gpu.intel.com/family': product.family,
  'gpu.intel.com/product': product.label,
});

/** Labels that the vendor's feature discovery and operator put on a node. */
export function gpuLabels(gpus: NodeGpus): Labels {
  switch (gpus.product.vendor) {
    case 'nvidia':
      return nvidiaLabels(gpus as NvidiaGpus);
    case 'amd':
      return amdLabels(gpus.product, gpus.count);
    default:
      return intelLabels(gpus.product, gpus.count);
  }
}

/** Key of the taint that keeps other pods off the node: the key of the vendor's resource. */
export function gpuTaintKey(gpus: NodeGpus): string {
  switch (gpus.product.vendor) {
    case 'nvidia':
      return 'nvidia.com/gpu';
    case 'amd':
      return 'amd.com/gpu';
    default:
      return gpus.product.resource;
  }
}

/** Devices by extended resource, as the device plugin registers them, and how many of them are healthy. */
export function gpuResources(
  pool: NodePool,
  nodeIndex: number,
): { capacity: Counts; healthy: Counts } {
  const { gpus } = pool;
  if (!gpus) {
    return { capacity: {}, healthy: {} };
  }
  const failed = pool.failedDevices?.[nodeIndex] ?? 0;
  const main = gpuTaintKey(gpus);
  if (isNvidia(gpus) && gpus.mig) {
    // The plugin registers the whole-GPU resource as well, with nothing left in it.
    const slices = Object.fromEntries(
      gpus.mig.map(({ profile, gpus: cut, slicesPerGpu }) => [
        `nvidia.com/mig-${profile.name}`,
        cut * slicesPerGpu,
      ]),
    );
    const capacity = { [main]: 0, ...slices };
    return { capacity, healthy: capacity };
  }
  const slots = isNvidia(gpus) ? (gpus.timeSlices ?? 1) : 1;
  return {
    capacity: { [main]: gpus.count * slots },
    healthy: { [main]: (gpus.count - failed) * slots },
  };
}
