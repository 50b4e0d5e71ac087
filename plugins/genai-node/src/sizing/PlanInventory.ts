import type {
  GenaiStorageClass,
  GpuNode,
  PlanQuota,
} from '@promptside/backstage-plugin-genai-common';
import type { EngineRegistry } from '../servingRuntimes/EngineRegistry';
import type { EngineImages } from '../servingRuntimes/images';
import type { InventoryQueue } from './InventoryQueue';

/**
 * One line of a ResourceQuota of the namespace that is planned for: devices by their resource, everything else in the quota's
 * own words.
 *
 * @public
 */
export interface InventoryQuota extends PlanQuota {
  /** Cluster of the namespace; absent: the line counts for every cluster in the inventory. */
  cluster?: string;
  /** The quota counts only pods of some priority class, and whose these are is not known. */
  someOnly?: true;
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
  /** Their other lines, as far as a service takes of it. */
  otherQuota?: readonly InventoryQuota[];
  /** Clusters in which that namespace has any ResourceQuota at all; absent: those of the lines. */
  quotaClusters?: readonly string[];
  /** `false`: quotas could not be read, or no namespace is planned for. Then an empty `quota` does not mean no limit. */
  quotaKnown: boolean;
  /** LocalQueues of that namespace. Default: none. */
  queues?: readonly InventoryQueue[];
  /** Clusters whose queues could not be read although they have Kueue. */
  queuesUnknown?: readonly string[];
  /** Storage classes of the clusters. Absent: not known. */
  storageClasses?: readonly GenaiStorageClass[];
  /** Clusters whose storage classes could not be read. */
  storageUnknown?: readonly string[];
  /** A namespace without a ResourceQuota on the GPUs is refused. Default `false`. */
  requireQuota?: boolean;
  /** The adopter's table of images, laid over the pinned ones: their releases decide overhead and rules. */
  images?: EngineImages;
  /** Engines that can be planned for. Default: ours. */
  engines?: EngineRegistry;
}
