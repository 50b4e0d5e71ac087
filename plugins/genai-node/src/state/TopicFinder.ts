import type { PodFact, WorkloadFact } from '../facts/Fact';
import type { PodTable } from './PodTable';
import type { StoredFact } from './StoredFact';
import { CLUSTERS, EVERYTHING_SHOWN, GPUS, SERVERS, STORES } from './topics';
import type { WorkloadTable } from './WorkloadTable';

/** Says what a change of a fact is about, from what is known of pods and workloads. */
export class TopicFinder {
  readonly #pods: PodTable;
  readonly #workloads: WorkloadTable;

  constructor(pods: PodTable, workloads: WorkloadTable) {
    this.#pods = pods;
    this.#workloads = workloads;
  }

  /** Topics of a fact that comes, changes or goes, as a mask. */
  of(fact: StoredFact): number {
    switch (fact.resource) {
      case 'nodes':
        return fact.simulated ? GPUS | CLUSTERS : GPUS;
      case 'pods':
        return this.#ofPod(fact);
      case 'services':
      case 'persistentvolumeclaims':
        return this.#ofNamespace(fact.namespace);
      case 'cnpgbackups':
      case 'cnpgscheduledbackups':
        return STORES;
      case 'resourcequotas':
      case 'localqueues':
      case 'clusterqueues':
      case 'cohorts':
      case 'resourceflavors':
        return GPUS;
      case 'namespaces':
        return EVERYTHING_SHOWN | CLUSTERS;
      case 'storageclasses':
      case 'customresourcedefinitions':
        return CLUSTERS;
      default:
        return this.#ofWorkload(fact);
    }
  }

  /** Topics of the pod or workload of that uid; 0 when it is neither. */
  ofObject(uid: string): number {
    const pod = this.#pods.byUid.get(uid);
    if (pod) return this.#ofPod(pod);
    const workload = this.#workloads.byUid.get(uid);
    return workload ? this.#ofWorkload(workload) : 0;
  }

  #ofPod(pod: PodFact): number {
    let mask = pod.asks.length > 0 ? GPUS : 0;
    if (pod.serves) mask |= SERVERS;
    // The lineage of RAG services is followed by whoever follows stores.
    if (pod.stores || pod.rag) mask |= STORES;
    let link = pod.controller;
    for (let depth = 0; link && depth < 8; depth++) {
      const workload = this.#workloads.byUid.get(link.uid);
      if (workload?.serving) mask |= SERVERS;
      if (workload?.store || workload?.rag) mask |= STORES;
      link = workload?.controller;
    }
    return mask;
  }

  #ofWorkload(fact: WorkloadFact): number {
    let mask = fact.asks?.length ? GPUS : 0;
    if (fact.serving) mask |= SERVERS;
    if (fact.store || fact.rag) mask |= STORES;
    // A link of a chain that comes or goes changes whose the pods below it are.
    if (this.#pods.byController.has(fact.uid)) mask |= EVERYTHING_SHOWN;
    return mask;
  }

  #ofNamespace(namespace: string): number {
    let mask = 0;
    if (this.#workloads.hasServerIn(namespace)) mask |= SERVERS;
    if (this.#workloads.hasStoreIn(namespace)) mask |= STORES;
    return mask;
  }
}
