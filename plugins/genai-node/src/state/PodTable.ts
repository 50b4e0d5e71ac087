import type { PodFact } from '../facts/Fact';
import { MultiMap } from './MultiMap';

/** Pods of interest by uid, with indexes by node, controller and catalog claim. */
export class PodTable {
  readonly byUid = new Map<string, PodFact>();
  readonly byController = new MultiMap<PodFact>();
  readonly byEntityRef = new MultiMap<PodFact>();
  readonly byKubernetesId = new MultiMap<PodFact>();
  /** Only pods that ask for accelerators. */
  readonly byNode = new MultiMap<PodFact>();
  readonly unbound = new Set<PodFact>();

  add(fact: PodFact): void {
    this.byUid.set(fact.uid, fact);
    this.byController.add(fact.controller?.uid, fact);
    this.byEntityRef.add(fact.entityRef, fact);
    this.byKubernetesId.add(fact.kubernetesId, fact);
    if (fact.asks.length === 0) return;
    if (fact.node === undefined) this.unbound.add(fact);
    else this.byNode.add(fact.node, fact);
  }

  remove(fact: PodFact): void {
    this.byUid.delete(fact.uid);
    this.byController.delete(fact.controller?.uid, fact);
    this.byEntityRef.delete(fact.entityRef, fact);
    this.byKubernetesId.delete(fact.kubernetesId, fact);
    this.byNode.delete(fact.node, fact);
    this.unbound.delete(fact);
  }
}
