import type {
  ClaimFact,
  Fact,
  NamespaceFact,
  NodeFact,
  PodFact,
  ResourceKey,
  ServiceFact,
  StorageClassFact,
  WorkloadFact,
} from '../facts/Fact';
import type { QuotaFact } from '../facts/QuotaFact';
import type { ChangeTopic, ClusterState } from './ClusterState';
import { BackupTable } from './BackupTable';
import { EventStore } from './EventStore';
import { MultiMap } from './MultiMap';
import { PodTable } from './PodTable';
import { QueueTable } from './QueueTable';
import type { StoredFact } from './StoredFact';
import { sameFact } from './sameFact';
import { TopicFinder } from './TopicFinder';
import { CLUSTERS, GPUS, toTopics } from './topics';
import { WorkloadTable } from './WorkloadTable';

class IndexedClusterState implements ClusterState {
  readonly name: string;
  #version = 0;
  #simulatedCount = 0;
  readonly #listed = new Set<ResourceKey>();
  readonly #uids: Partial<Record<ResourceKey, Map<string, StoredFact>>> = {};
  readonly #pods = new PodTable();
  readonly #workloads = new WorkloadTable();
  readonly #topics = new TopicFinder(this.#pods, this.#workloads);
  readonly #events = new EventStore(uid => this.#isOurs(uid));
  readonly #nodesByName = new Map<string, NodeFact>();
  readonly #namespacesByName = new Map<string, NamespaceFact>();
  readonly #services = new MultiMap<ServiceFact>();
  readonly #claims = new MultiMap<ClaimFact>();
  readonly #claimsByName = new Map<string, ClaimFact>();
  readonly #quotas = new Map<string, QuotaFact>();
  readonly #storageClasses = new Map<string, StorageClassFact>();
  readonly #backups = new BackupTable();
  readonly #queues = new QueueTable();
  readonly #crds = new Set<string>();

  constructor(name: string) {
    this.name = name;
  }

  get version() {
    return this.#version;
  }

  get simulated() {
    return this.#simulatedCount > 0;
  }

  replace(key: ResourceKey, facts: Iterable<Fact>): ChangeTopic[] {
    let mask = 0;
    const gone = new Set(this.#uidsOf(key));
    for (const fact of facts) {
      gone.delete(fact.uid);
      mask |= this.#put(key, fact);
    }
    for (const uid of gone) mask |= this.#remove(key, uid);
    if (!this.#listed.has(key)) {
      this.#listed.add(key);
      // Even an empty list is news: "none" is another answer than "not known".
      this.#version++;
      mask |= CLUSTERS;
    }
    return toTopics(mask);
  }

  apply(key: ResourceKey, type: string, fact: Fact): ChangeTopic[] {
    return toTopics(
      type === 'DELETED' ? this.#remove(key, fact.uid) : this.#put(key, fact),
    );
  }

  forget(key: ResourceKey, uid: string): ChangeTopic[] {
    return toTopics(this.#remove(key, uid));
  }

  drop(key: ResourceKey): ChangeTopic[] {
    let mask = 0;
    for (const uid of this.#uidsOf(key)) mask |= this.#remove(key, uid);
    if (this.#listed.delete(key)) {
      this.#version++;
      mask |= CLUSTERS;
    }
    return toTopics(mask);
  }

  has(key: ResourceKey): boolean {
    return this.#listed.has(key);
  }

  count(key: ResourceKey): number {
    return key === 'events' ? this.#events.size : (this.#uids[key]?.size ?? 0);
  }

  hasCrd(name: string): boolean {
    return this.#crds.has(name);
  }

  nodes() {
    return this.#nodesByName.values();
  }

  node(name: string) {
    return this.#nodesByName.get(name);
  }

  pods() {
    return this.#pods.byUid.values();
  }

  podsOnNode(node: string) {
    return this.#pods.byNode.get(node);
  }

  unboundPods() {
    return this.#pods.unbound;
  }

  podsOf(workloadUid: string): PodFact[] {
    return this.#workloads
      .familyOf(workloadUid)
      .flatMap(uid => [...this.#pods.byController.get(uid)]);
  }

  podsClaimedBy(claim: {
    entityRef?: string;
    kubernetesId?: string;
  }): PodFact[] {
    const found = new Set<PodFact>();
    const { entityRef, kubernetesId } = claim;
    const workloads: WorkloadFact[] = [];
    if (entityRef !== undefined) {
      workloads.push(...this.#workloads.byEntityRef.get(entityRef));
      for (const pod of this.#pods.byEntityRef.get(entityRef)) found.add(pod);
    }
    if (kubernetesId !== undefined) {
      workloads.push(...this.#workloads.byKubernetesId.get(kubernetesId));
      for (const pod of this.#pods.byKubernetesId.get(kubernetesId)) {
        found.add(pod);
      }
    }
    for (const workload of workloads) {
      for (const pod of this.podsOf(workload.uid)) found.add(pod);
    }
    return [...found];
  }

  workload(uid: string) {
    return this.#workloads.byUid.get(uid);
  }

  servers() {
    return this.#workloads.servers;
  }

  stores() {
    return this.#workloads.stores;
  }

  ragServices() {
    return this.#workloads.ragServices;
  }

  children(uid: string) {
    return this.#workloads.byController.get(uid);
  }

  services(namespace: string) {
    return this.#services.get(namespace);
  }

  claim(namespace: string, name: string) {
    return this.#claimsByName.get(`${namespace}/${name}`);
  }

  claims(namespace: string) {
    return this.#claims.get(namespace);
  }

  quotas() {
    return this.#quotas.values();
  }

  localQueues(namespace: string) {
    return this.#queues.localQueues(namespace);
  }

  clusterQueues() {
    return this.#queues.clusterQueues();
  }

  clusterQueue(name: string) {
    return this.#queues.clusterQueue(name);
  }

  cohorts() {
    return this.#queues.cohorts();
  }

  cohort(name: string) {
    return this.#queues.cohort(name);
  }

  resourceFlavor(name: string) {
    return this.#queues.flavor(name);
  }

  backupsOf(namespace: string, cluster: string) {
    return this.#backups.backupsOf(namespace, cluster);
  }

  backupSchedulesOf(namespace: string, cluster: string) {
    return this.#backups.schedulesOf(namespace, cluster);
  }

  storageClasses() {
    return this.#storageClasses.values();
  }

  namespaces() {
    return this.#namespacesByName.values();
  }

  namespace(name: string) {
    return this.#namespacesByName.get(name);
  }

  eventsOf(uid: string) {
    return this.#events.of(uid);
  }

  #uidsOf(key: ResourceKey): string[] {
    return key === 'events'
      ? this.#events.uids()
      : [...(this.#uids[key]?.keys() ?? [])];
  }

  #isOurs(uid: string): boolean {
    return this.#pods.byUid.has(uid) || this.#workloads.byUid.has(uid);
  }

  /** Adds or replaces a fact; 0 when it says what was known already. */
  #put(key: ResourceKey, fact: Fact): number {
    if (fact.resource === 'events') {
      if (sameFact(this.#events.get(fact.uid), fact)) return 0;
      this.#events.put(fact);
      return this.#bump(this.#topics.ofObject(fact.involved.uid) & ~GPUS);
    }
    const table = (this.#uids[key] ??= new Map());
    const before = table.get(fact.uid);
    if (before && sameFact(before, fact)) return 0;
    let mask = 0;
    if (before) {
      mask |= this.#topics.of(before);
      this.#unindex(before);
    }
    table.set(fact.uid, fact);
    this.#index(fact);
    this.#version++;
    return mask | this.#topics.of(fact);
  }

  #remove(key: ResourceKey, uid: string): number {
    if (key === 'events') {
      const event = this.#events.get(uid);
      if (!event) return 0;
      const mask = this.#topics.ofObject(event.involved.uid) & ~GPUS;
      this.#events.delete(uid);
      return this.#bump(mask);
    }
    const fact = this.#uids[key]?.get(uid);
    if (!fact) return 0;
    const mask = this.#topics.of(fact);
    this.#uids[key]?.delete(uid);
    this.#unindex(fact);
    if (fact.resource === 'pods' || 'kind' in fact) this.#events.abandon(uid);
    this.#version++;
    return mask;
  }

  #bump(mask: number): number {
    if (mask !== 0) this.#version++;
    return mask;
  }

  #index(fact: StoredFact): void {
    if ('simulated' in fact && fact.simulated) this.#simulatedCount++;
    switch (fact.resource) {
      case 'nodes':
        this.#nodesByName.set(fact.name, fact);
        break;
      case 'pods':
        this.#pods.add(fact);
        this.#events.adopt(fact.uid);
        break;
      case 'services':
        this.#services.add(fact.namespace, fact);
        break;
      case 'persistentvolumeclaims':
        this.#claims.add(fact.namespace, fact);
        this.#claimsByName.set(`${fact.namespace}/${fact.name}`, fact);
        break;
      case 'resourcequotas':
        this.#quotas.set(fact.uid, fact);
        break;
      case 'localqueues':
      case 'clusterqueues':
      case 'cohorts':
      case 'resourceflavors':
        this.#queues.add(fact);
        break;
      case 'storageclasses':
        this.#storageClasses.set(fact.uid, fact);
        break;
      case 'cnpgbackups':
      case 'cnpgscheduledbackups':
        this.#backups.add(fact);
        break;
      case 'namespaces':
        this.#namespacesByName.set(fact.name, fact);
        break;
      case 'customresourcedefinitions':
        this.#crds.add(fact.name);
        break;
      default:
        this.#workloads.add(fact);
        this.#events.adopt(fact.uid);
    }
  }

  #unindex(fact: StoredFact): void {
    if ('simulated' in fact && fact.simulated) this.#simulatedCount--;
    switch (fact.resource) {
      case 'nodes':
        deleteIfSame(this.#nodesByName, fact.name, fact);
        break;
      case 'pods':
        this.#pods.remove(fact);
        break;
      case 'services':
        this.#services.delete(fact.namespace, fact);
        break;
      case 'persistentvolumeclaims':
        this.#claims.delete(fact.namespace, fact);
        deleteIfSame(
          this.#claimsByName,
          `${fact.namespace}/${fact.name}`,
          fact,
        );
        break;
      case 'resourcequotas':
        this.#quotas.delete(fact.uid);
        break;
      case 'localqueues':
      case 'clusterqueues':
      case 'cohorts':
      case 'resourceflavors':
        this.#queues.remove(fact);
        break;
      case 'storageclasses':
        this.#storageClasses.delete(fact.uid);
        break;
      case 'cnpgbackups':
      case 'cnpgscheduledbackups':
        this.#backups.remove(fact);
        break;
      case 'namespaces':
        deleteIfSame(this.#namespacesByName, fact.name, fact);
        break;
      case 'customresourcedefinitions':
        this.#crds.delete(fact.name);
        break;
      default:
        this.#workloads.remove(fact);
    }
  }
}

/**
 * An empty state of one cluster.
 *
 * @public
 */
export function createClusterState(name: string): ClusterState {
  return new IndexedClusterState(name);
}

function deleteIfSame<V>(map: Map<string, V>, key: string, value: V): void {
  // An object recreated under the same name may have been added before the old one's removal is seen.
  if (map.get(key) === value) map.delete(key);
}
