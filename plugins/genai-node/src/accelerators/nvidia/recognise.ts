import type { AcceleratorPool } from '../../facts/Fact';
import type { AcceleratorResource, NodeDevices } from '../AcceleratorSpoke';
import { readLabels, type NvidiaLabels } from './labels';
import { NVIDIA_PRODUCTS } from './products';

const GIB = 2 ** 30;

/**
 * Devices of one NVIDIA resource on a node, counted in what the scheduler counts. Slots of a shared GPU and MIG slices are
 * not GPUs: `physicalCount` tells GPUs, and only where labels do.
 */
export function recognisePool(
  resource: AcceleratorResource,
  node: NodeDevices,
): AcceleratorPool {
  const capacity = node.capacity[resource.resource] ?? 0;
  const allocatable = node.allocatable[resource.resource] ?? 0;
  const mixed = resource.profile !== undefined;
  const labels = readLabels(
    node.labels,
    mixed ? `nvidia.com/mig-${resource.profile}` : 'nvidia.com/gpu',
  );
  const profile = resource.profile ?? labels.migProfile;
  const sharing = labels.sharing ?? sharingByName(resource.resource, profile);
  const shared = sharing === 'TimeSlicing' || sharing === 'Mps';
  const physicalCount =
    profile === undefined
      ? countPhysical(labels, node, capacity, shared)
      : undefined;
  const memoryBytes = deviceMemory(labels, sharing, profile);
  return {
    vendor: 'nvidia',
    resource: resource.resource,
    sharing,
    ...(labels.product ? { product: labels.product } : {}),
    ...(profile === undefined ? {} : { profile }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(physicalCount === undefined ? {} : { physicalCount }),
    ...(shared && labels.replicas ? { replicas: labels.replicas } : {}),
    capacity,
    allocatable,
  };
}

function sharingByName(
  resource: string,
  profile: string | undefined,
): AcceleratorPool['sharing'] {
  if (resource.endsWith('.shared')) return 'TimeSlicing';
  return profile === undefined ? 'Whole' : 'Mig';
}

function countPhysical(
  labels: NvidiaLabels,
  node: NodeDevices,
  capacity: number,
  shared: boolean,
): number | undefined {
  if (shared) {
    if (labels.count !== undefined) return labels.count;
    return labels.replicas && capacity % labels.replicas === 0
      ? capacity / labels.replicas
      : undefined;
  }
  // Without Feature Discovery nobody says that the devices are not slots of shared GPUs.
  if (labels.count === undefined) return undefined;
  // With mixed MIG the label counts partitioned GPUs as well; unshared whole GPUs are their own count.
  return node.labels['nvidia.com/mig.strategy'] === 'mixed'
    ? capacity
    : labels.count;
}

/**
 * Label first, product table second. MPS gives each slot an equal, enforced part; time-slicing gives every slot the whole
 * memory with no guarantee. The table knows whole GPUs only, so an unlabelled slice stays unknown.
 */
function deviceMemory(
  labels: NvidiaLabels,
  sharing: AcceleratorPool['sharing'],
  profile: string | undefined,
): number | undefined {
  const table =
    profile === undefined && labels.product
      ? NVIDIA_PRODUCTS.find(product => product.label.test(labels.product!))
          ?.visibleMemoryGib
      : undefined;
  const bytes =
    labels.memoryBytes ??
    (table === undefined ? undefined : Math.round(table * GIB));
  if (bytes === undefined || sharing !== 'Mps') return bytes;
  return labels.replicas ? Math.floor(bytes / labels.replicas) : undefined;
}
