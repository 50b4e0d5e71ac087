import type {
  GpuNode,
  GpuNodesQuery,
  GpuNodesResponse,
} from '@promptside/backstage-plugin-genai-common';
import type { ClusterState } from '../state/ClusterState';
import { allocationsOf } from './deriveGpuAllocations';
import { gpuInventory, type NodeInventory } from './gpuInventory';
import { cutPage, rowKey } from './page';

/**
 * Nodes with accelerators, by cluster and name. `vendor` and `product` select nodes that have such a pool, and only those
 * pools are shown. Throws `InputError` for a cursor that is none.
 *
 * @public
 */
export function deriveGpuNodes(
  states: readonly ClusterState[],
  query: GpuNodesQuery,
): Omit<GpuNodesResponse, 'clusters'> {
  const rows = states
    .filter(({ name }) => query.cluster === undefined || name === query.cluster)
    .flatMap(state =>
      gpuInventory(state).flatMap(inventory => {
        const row = select(inventory, query);
        return row
          ? [
              {
                key: rowKey(state.name, inventory.node.name),
                row: { state, ...row },
              },
            ]
          : [];
      }),
    );
  const page = cutPage(rows, query);
  return {
    items: page.rows.map(({ state, node, pools }) =>
      toNode(state, { node, pools }, query.include === 'allocations'),
    ),
    totalCount: page.totalCount,
    ...(page.nextCursor ? { nextCursor: page.nextCursor } : {}),
  };
}

function select(
  { node, pools }: NodeInventory,
  { vendor, product, free, search }: GpuNodesQuery,
): NodeInventory | undefined {
  if (
    search !== undefined &&
    !node.name.toLowerCase().includes(search.toLowerCase())
  ) {
    return undefined;
  }
  const chosen =
    vendor === undefined && product === undefined
      ? pools
      : pools.filter(
          pool =>
            (vendor === undefined || pool.vendor === vendor) &&
            (product === undefined || pool.product === product),
        );
  // A node whose device plugin offers nothing is shown only to those who ask for all.
  if (chosen !== pools && chosen.length === 0) return undefined;
  if (free === 'true' && !chosen.some(({ counts }) => counts.free > 0)) {
    return undefined;
  }
  return { node, pools: chosen };
}

function toNode(
  state: ClusterState,
  { node, pools }: NodeInventory,
  withAllocations: boolean,
): GpuNode {
  return {
    cluster: state.name,
    name: node.name,
    state: node.state,
    ...(node.reason ? { reason: node.reason } : {}),
    taints: [...node.taints],
    ...(node.driverVersion ? { driverVersion: node.driverVersion } : {}),
    ...(node.kubeletVersion ? { kubeletVersion: node.kubeletVersion } : {}),
    pools: [...pools],
    ...(withAllocations
      ? { allocations: allocationsOf(state, state.podsOnNode(node.name)) }
      : {}),
  };
}
