import type { WorkloadFact } from '../facts/Fact';
import { MultiMap } from './MultiMap';

/** Workloads of all kinds by uid, with the indexes that owner chains and catalog questions need. */
export class WorkloadTable {
  readonly byUid = new Map<string, WorkloadFact>();
  readonly byController = new MultiMap<WorkloadFact>();
  readonly byEntityRef = new MultiMap<WorkloadFact>();
  readonly byKubernetesId = new MultiMap<WorkloadFact>();
  readonly servers = new Set<WorkloadFact>();
  readonly stores = new Set<WorkloadFact>();
  readonly ragServices = new Set<WorkloadFact>();
  readonly #namespacesWithServer = new MultiMap<WorkloadFact>();
  readonly #namespacesWithStore = new MultiMap<WorkloadFact>();

  add(fact: WorkloadFact): void {
    this.byUid.set(fact.uid, fact);
    this.byController.add(fact.controller?.uid, fact);
    this.byEntityRef.add(fact.entityRef, fact);
    this.byKubernetesId.add(fact.kubernetesId, fact);
    // A ReplicaSet looks like its Deployment; it is a link of the chain, never a server of its own.
    if (fact.resource === 'replicasets') return;
    if (fact.serving) {
      this.servers.add(fact);
      this.#namespacesWithServer.add(fact.namespace, fact);
    }
    if (fact.rag) this.ragServices.add(fact);
    if (fact.store) {
      this.stores.add(fact);
      this.#namespacesWithStore.add(fact.namespace, fact);
    }
  }

  remove(fact: WorkloadFact): void {
    this.byUid.delete(fact.uid);
    this.byController.delete(fact.controller?.uid, fact);
    this.byEntityRef.delete(fact.entityRef, fact);
    this.byKubernetesId.delete(fact.kubernetesId, fact);
    this.servers.delete(fact);
    this.stores.delete(fact);
    this.ragServices.delete(fact);
    this.#namespacesWithServer.delete(fact.namespace, fact);
    this.#namespacesWithStore.delete(fact.namespace, fact);
  }

  hasServerIn(namespace: string): boolean {
    return this.#namespacesWithServer.has(namespace);
  }

  hasStoreIn(namespace: string): boolean {
    return this.#namespacesWithStore.has(namespace);
  }

  /** The object of that uid and everything it controls, directly or not. */
  familyOf(uid: string): string[] {
    const family = [uid];
    for (let index = 0; index < family.length; index++) {
      for (const child of this.byController.get(family[index])) {
        // Owner references cannot form a cycle on a sound server; a foreign one must not hang us.
        if (!family.includes(child.uid)) family.push(child.uid);
      }
    }
    return family;
  }
}
