import type { AcceleratorPool } from '../../facts/Fact';
import type { AcceleratorResource, NodeDevices } from '../AcceleratorSpoke';
import { readLabels } from './labels';
import { INTEL_PRODUCTS } from './products';

const GIB = 2 ** 30;

/**
 * Devices of one Intel resource on a node. With `sharedDevNum` of n the plugin offers every GPU n times; the label with the
 * device count tells, as long as only one kernel driver has devices on the node (the label counts both).
 */
export function recognisePool(
  resource: AcceleratorResource,
  node: NodeDevices,
): AcceleratorPool {
  const capacity = node.capacity[resource.resource] ?? 0;
  const allocatable = node.allocatable[resource.resource] ?? 0;
  const base = {
    vendor: 'intel' as const,
    resource: resource.resource,
    capacity,
    allocatable,
  };
  if (resource.resource === 'habana.ai/gaudi') {
    // Gaudi cannot be shared, so a device is a card; no label names the generation.
    return { ...base, sharing: 'Whole', physicalCount: capacity };
  }
  const { product, count } = readLabels(node.labels);
  const alone = ['gpu.intel.com/i915', 'gpu.intel.com/xe'].every(
    other => other === resource.resource || !node.capacity[other],
  );
  const physicalCount = alone ? count : undefined;
  const replicas =
    physicalCount && capacity > physicalCount && capacity % physicalCount === 0
      ? capacity / physicalCount
      : undefined;
  const memoryGib = product
    ? INTEL_PRODUCTS.find(candidate => candidate.label.test(product))
        ?.visibleMemoryGib
    : undefined;
  return {
    ...base,
    sharing: replicas === undefined ? 'Whole' : 'Shared',
    ...(product ? { product } : {}),
    ...(memoryGib === undefined
      ? {}
      : { memoryBytes: Math.round(memoryGib * GIB) }),
    ...(physicalCount === undefined ? {} : { physicalCount }),
    ...(replicas === undefined ? {} : { replicas }),
  };
}
