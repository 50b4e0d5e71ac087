import type { AcceleratorPool } from '../../facts/Fact';
import type { AcceleratorResource, NodeDevices } from '../AcceleratorSpoke';
import { readLabels } from './labels';
import { AMD_PRODUCTS } from './products';

const GIB = 2 ** 30;

/** Partitions of one GPU by compute mode; `cpx` makes one of each of the eight dies of an Instinct MI300X or MI35xX. */
const PARTITIONS: Readonly<Record<string, number>> = {
  spx: 1,
  dpx: 2,
  qpx: 4,
};
const EIGHT_DIES = /MI300X|MI325X|MI35[05]X/;

/**
 * Devices of one AMD resource on a node. With the single naming strategy `amd.com/gpu` counts partitions too (eight GPUs
 * in `cpx` are 64), so the partition label decides what a device is.
 */
export function recognisePool(
  resource: AcceleratorResource,
  node: NodeDevices,
): AcceleratorPool {
  const capacity = node.capacity[resource.resource] ?? 0;
  const labels = readLabels(node.labels);
  const profile = resource.profile ?? labels.partition;
  const mode = profile?.split('_')[0];
  const whole = mode === undefined || mode === 'spx';
  const perGpu = partitionsPerGpu(mode, labels.product);
  const physicalCount =
    perGpu !== undefined && capacity % perGpu === 0
      ? capacity / perGpu
      : undefined;
  const memoryBytes = labels.memoryBytes ?? tableMemory(labels.product);
  return {
    vendor: 'amd',
    resource: resource.resource,
    sharing: whole ? 'Whole' : 'Partition',
    ...(labels.product ? { product: labels.product } : {}),
    ...(whole || profile === undefined ? {} : { profile }),
    // The memory label is of a GPU; what a partition may use depends on the memory mode and is not published.
    ...(whole && memoryBytes !== undefined ? { memoryBytes } : {}),
    ...(physicalCount === undefined ? {} : { physicalCount }),
    capacity,
    allocatable: node.allocatable[resource.resource] ?? 0,
  };
}

/** How many devices one GPU is; `undefined` when labels and product leave it open. */
function partitionsPerGpu(
  mode: string | undefined,
  product: string | undefined,
): number | undefined {
  const eightDies = product !== undefined && EIGHT_DIES.test(product);
  if (mode === 'cpx') return eightDies ? 8 : undefined;
  if (mode !== undefined) return PARTITIONS[mode];
  // Older labellers name no mode: that is no question for a product that cannot be partitioned.
  return product === undefined || eightDies ? undefined : 1;
}

function tableMemory(product: string | undefined): number | undefined {
  const gib = AMD_PRODUCTS.find(
    candidate => product !== undefined && candidate.label.test(product),
  )?.visibleMemoryGib;
  return gib === undefined ? undefined : Math.round(gib * GIB);
}
