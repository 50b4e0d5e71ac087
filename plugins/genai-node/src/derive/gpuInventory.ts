import type {
  GpuCounts,
  GpuNodePool,
} from '@promptside/backstage-plugin-genai-common';
import { readAcceleratorResource } from '../accelerators';
import type { AcceleratorPool, NodeFact, PodFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';

/** A node with what its pods hold. */
export interface NodeInventory {
  node: NodeFact;
  pools: readonly GpuNodePool[];
}

const memo = new WeakMap<
  ClusterState,
  { version: number; nodes: readonly NodeInventory[] }
>();

/** Nodes of a cluster with counts, in no order; computed once a version. */
export function gpuInventory(state: ClusterState): readonly NodeInventory[] {
  const known = memo.get(state);
  if (known?.version === state.version) return known.nodes;
  const nodes = Array.from(state.nodes(), node => ({
    node,
    pools: node.pools.map(pool => countPool(state, node, pool)),
  }));
  memo.set(state, { version: state.version, nodes });
  return nodes;
}

/**
 * Whether a pod holds its devices. From the moment it is bound to a node until its phase is final; a deletion timestamp
 * changes nothing, its containers still run.
 */
export function holdsDevices(pod: PodFact): boolean {
  return (
    pod.node !== undefined &&
    pod.phase !== 'Succeeded' &&
    pod.phase !== 'Failed'
  );
}

/** What one device of a resource is: as the node says, else as the resource's name says. */
export function deviceShape(
  state: ClusterState,
  resource: string,
  node?: string,
) {
  const pool =
    node === undefined
      ? undefined
      : state.node(node)?.pools.find(other => other.resource === resource);
  if (pool) return shapeOf(pool);
  const named = readAcceleratorResource(resource);
  return named && shapeOf(named);
}

/** The words that tell a device, without the counts of its pool. */
export function shapeOf(
  pool: Pick<AcceleratorPool, 'vendor' | 'resource' | 'sharing'> &
    Partial<Pick<AcceleratorPool, 'product' | 'profile' | 'memoryBytes'>>,
) {
  return {
    vendor: pool.vendor,
    resource: pool.resource,
    sharing: pool.sharing,
    ...(pool.product === undefined ? {} : { product: pool.product }),
    ...(pool.profile === undefined ? {} : { profile: pool.profile }),
    ...(pool.memoryBytes === undefined
      ? {}
      : { memoryBytes: pool.memoryBytes }),
  };
}

function countPool(
  state: ClusterState,
  node: NodeFact,
  pool: AcceleratorPool,
): GpuNodePool {
  let allocated = 0;
  for (const pod of state.podsOnNode(node.name)) {
    if (!holdsDevices(pod)) continue;
    for (const ask of pod.asks) {
      if (ask.resource === pool.resource) allocated += ask.count;
    }
  }
  return {
    ...shapeOf(pool),
    ...(pool.physicalCount === undefined
      ? {}
      : { physicalCount: pool.physicalCount }),
    ...(pool.replicas === undefined ? {} : { replicas: pool.replicas }),
    counts: toCounts(pool, allocated),
  };
}

function toCounts(
  { capacity, allocatable }: AcceleratorPool,
  allocated: number,
): GpuCounts {
  return {
    capacity,
    allocatable,
    allocated,
    // A device that failed under a running pod leaves more allocated than allocatable.
    free: Math.max(0, allocatable - allocated),
    unhealthy: Math.max(0, capacity - allocatable),
  };
}
