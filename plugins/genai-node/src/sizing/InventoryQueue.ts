/**
 * What a ClusterQueue gives of one resource on one kind of nodes. Devices.
 *
 * @public
 */
export interface QueueFlavor {
  flavor: string;
  resource: string;
  /** Product by node label; empty: any nodes. */
  products: Readonly<Record<string, string>>;
  nominal: number;
  /** Reserved, borrowed quota with it; absent: not counted yet. */
  used?: number;
  /** Most that may be borrowed; absent: no limit. */
  borrowingLimit?: number;
  /** What the others in the cohort's tree leave, negative where they borrow from this queue; absent: there is no cohort. */
  cohortLeft?: number;
  /** Admission checks that must agree, too, by name; absent: none. */
  checks?: readonly string[];
}

/**
 * A LocalQueue of Kueue in the namespace that is planned for, with what is behind it.
 *
 * @public
 */
export interface InventoryQueue {
  /** Absent: it counts for every cluster in the inventory. */
  cluster?: string;
  namespace: string;
  name: string;
  clusterQueue: string;
  /** Whose stop it is, and why. */
  stopped?: {
    by: 'LocalQueue' | 'ClusterQueue';
    reason: string;
    message?: string;
  };
  /** Workloads that wait in it already. */
  pending?: number;
  /** Absent: the ClusterQueue could not be read. */
  quota?: {
    /** There is a ClusterQueue of that name, and it takes workloads of some namespace. */
    state: 'Ready' | 'Missing' | 'TakesNone';
    cohort?: string;
    /** Resources that pods may ask for. */
    covered: readonly string[];
    flavors: readonly QueueFlavor[];
  };
}
