import type {
  GpuNode,
  PlanQuota,
} from '@promptside/backstage-plugin-genai-common';

/**
 * One GPU line of a ResourceQuota of the namespace that is planned for.
 *
 * @public
 */
export interface InventoryQuota extends PlanQuota {
  /** Cluster of the namespace; absent: the line counts for every cluster in the inventory. */
  cluster?: string;
}

/**
 * What is known of the hardware at the moment of the plan. The planner asks nobody: who calls it brings this along.
 *
 * @public
 */
export interface PlanInventory {
  /** GPU nodes of the clusters in question. Keep one array between plans: what is derived from it is remembered by identity. */
  nodes: readonly GpuNode[];
  /** `false`: the nodes could not be read (completely), so that no node does not mean no GPU. Default `true`. */
  nodesKnown?: boolean;
  /** GPU lines of all ResourceQuotas in the namespace of the request. */
  quota: readonly InventoryQuota[];
  /** `false`: quotas could not be read, or no namespace is planned for. Then an empty `quota` does not mean no limit. */
  quotaKnown: boolean;
}
