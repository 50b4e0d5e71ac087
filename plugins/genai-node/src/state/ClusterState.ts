import type { GenaiSignal } from '@promptside/backstage-plugin-genai-common';
import type {
  Fact,
  NamespaceFact,
  NodeFact,
  PodFact,
  ResourceKey,
  ServiceFact,
  StorageClassFact,
  ClaimFact,
  BackupFact,
  BackupScheduleFact,
  EventFact,
  WorkloadFact,
} from '../facts/Fact';
import type {
  ClusterQueueFact,
  LocalQueueFact,
  CohortFact,
  ResourceFlavorFact,
} from '../facts/QueueFacts';
import type { QuotaFact } from '../facts/QuotaFact';

/** What a change is about; the words of the signal. @public */
export type ChangeTopic = GenaiSignal['topics'][number];

/** @public */
export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/**
 * What is known of one cluster: facts by uid with indexes beside them, changed in place. Readers get live collections:
 * they must not keep or change them.
 *
 * @public
 */
export interface ClusterState {
  /** Name as in the Kubernetes plugin's configuration. */
  readonly name: string;
  /** Grows with every change of a fact. */
  readonly version: number;
  /** The cluster says of itself that its hardware is simulated. */
  readonly simulated: boolean;

  /**
   * Takes a full list: facts that are not in it are gone. Returns the topics that changed visibly, in a fixed order, none
   * when nothing did.
   */
  replace(key: ResourceKey, facts: Iterable<Fact>): ChangeTopic[];
  /** Takes one event. Returns as `replace` does. */
  apply(key: ResourceKey, type: WatchEventType, fact: Fact): ChangeTopic[];
  /**
   * Takes one event whose object projects to no fact: whatever was known of that uid is gone. Needed because an object can
   * become uninteresting while it lives.
   */
  forget(key: ResourceKey, uid: string): ChangeTopic[];
  /** Forgets a resource that is not served any more; its objects become unknown, not gone. */
  drop(key: ResourceKey): ChangeTopic[];

  /** A full list was taken and not dropped since. */
  has(key: ResourceKey): boolean;
  /** Objects of a resource that left a fact. */
  count(key: ResourceKey): number;
  /** A CustomResourceDefinition of that name exists. */
  hasCrd(name: string): boolean;

  nodes(): Iterable<NodeFact>;
  node(name: string): NodeFact | undefined;
  pods(): Iterable<PodFact>;
  /** Pods with accelerators that are bound to the node. */
  podsOnNode(node: string): Iterable<PodFact>;
  /** Pods with accelerators that have no node yet. */
  unboundPods(): Iterable<PodFact>;
  /** Pods whose owner chain goes through the object. */
  podsOf(workloadUid: string): PodFact[];
  /** Pods that carry the claim themselves or belong to a workload that does. */
  podsClaimedBy(claim: {
    entityRef?: string;
    kubernetesId?: string;
  }): PodFact[];
  workload(uid: string): WorkloadFact | undefined;
  /** Workloads that are model servers by their looks. */
  servers(): Iterable<WorkloadFact>;
  /** Workloads that are vector stores by their looks. */
  stores(): Iterable<WorkloadFact>;
  /** Deployments that say of themselves that they are RAG services. */
  ragServices(): Iterable<WorkloadFact>;
  /** Workloads that name `uid` as their controller. */
  children(uid: string): Iterable<WorkloadFact>;
  services(namespace: string): Iterable<ServiceFact>;
  claim(namespace: string, name: string): ClaimFact | undefined;
  claims(namespace: string): Iterable<ClaimFact>;
  /** Backups of one CloudNativePG cluster, in no order. */
  backupsOf(namespace: string, cluster: string): Iterable<BackupFact>;
  backupSchedulesOf(
    namespace: string,
    cluster: string,
  ): Iterable<BackupScheduleFact>;
  quotas(): Iterable<QuotaFact>;
  /** Kueue's doors of a namespace. */
  localQueues(namespace: string): Iterable<LocalQueueFact>;
  clusterQueues(): Iterable<ClusterQueueFact>;
  clusterQueue(name: string): ClusterQueueFact | undefined;
  cohorts(): Iterable<CohortFact>;
  cohort(name: string): CohortFact | undefined;
  resourceFlavor(name: string): ResourceFlavorFact | undefined;
  storageClasses(): Iterable<StorageClassFact>;
  namespaces(): Iterable<NamespaceFact>;
  namespace(name: string): NamespaceFact | undefined;
  /** Events about one object, in no order. */
  eventsOf(uid: string): Iterable<EventFact>;
}
