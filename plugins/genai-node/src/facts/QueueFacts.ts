/** Why Kueue admits nothing through a queue. @public */
export interface QueueStopFact {
  /** `Hold`, `HoldAndDrain`, or the reason of the condition `Active`: `FlavorNotFound`. */
  reason: string;
  message?: string;
}

/** Kueue's LocalQueue: the door of a namespace to a ClusterQueue. @public */
export interface LocalQueueFact {
  resource: 'localqueues';
  uid: string;
  name: string;
  namespace: string;
  clusterQueue: string;
  /** Absent: it takes workloads, as far as is known. */
  stopped?: QueueStopFact;
  /** Workloads that wait in it. */
  pending?: number;
}

/** Quota of one resource in one flavor of a ClusterQueue. Devices. @public */
export interface FlavorQuotaFact {
  flavor: string;
  resource: string;
  nominal: number;
  /** Most that may be borrowed from the cohort; absent: no limit. */
  borrowingLimit?: number;
  /** Most that may be lent to the cohort; absent: all of it. */
  lendingLimit?: number;
  /** Reserved, borrowed quota with it; absent: not counted yet. */
  used?: number;
}

/** Kueue's ClusterQueue. @public */
export interface ClusterQueueFact {
  resource: 'clusterqueues';
  uid: string;
  name: string;
  cohort?: string;
  stopped?: QueueStopFact;
  /** Namespaces whose workloads it takes; `Some`: those with certain labels. */
  takes: 'None' | 'Some' | 'All';
  /** Every resource that it has quota for: pods that ask for any other are not admitted. */
  covered: readonly string[];
  /** Of devices alone. */
  quotas: readonly FlavorQuotaFact[];
  /** Absent: none. */
  admissionChecks?: readonly AdmissionCheckFact[];
}

/** Kueue's Cohort: queues that lend to each other, in a tree of such. @public */
export interface CohortFact {
  resource: 'cohorts';
  uid: string;
  name: string;
  /** Absent: it is the root. */
  parent?: string;
  /** Of devices, beside what its queues bring. Never counted as used: that is told of queues alone. */
  quotas: readonly FlavorQuotaFact[];
}

/** What else has to agree before Kueue starts a workload: a node that is made for it, another cluster. @public */
export interface AdmissionCheckFact {
  name: string;
  /** Absent: for every flavor. */
  flavors?: readonly string[];
}

/** Kueue's ResourceFlavor: a kind of nodes. @public */
export interface ResourceFlavorFact {
  resource: 'resourceflavors';
  uid: string;
  name: string;
  /** Labels of its nodes that name a product of accelerators; others decide nothing here. */
  products: Readonly<Record<string, string>>;
}
