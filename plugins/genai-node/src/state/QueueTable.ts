import type {
  ClusterQueueFact,
  CohortFact,
  LocalQueueFact,
  ResourceFlavorFact,
} from '../facts/QueueFacts';
import { MultiMap } from './MultiMap';

type QueueFact =
  LocalQueueFact | ClusterQueueFact | CohortFact | ResourceFlavorFact;

/** Kueue's objects of one cluster, by the names under which they refer to each other. */
export class QueueTable {
  readonly #localQueues = new MultiMap<LocalQueueFact>();
  readonly #clusterQueues = new Map<string, ClusterQueueFact>();
  readonly #cohorts = new Map<string, CohortFact>();
  readonly #flavors = new Map<string, ResourceFlavorFact>();

  add(fact: QueueFact): void {
    switch (fact.resource) {
      case 'localqueues':
        this.#localQueues.add(fact.namespace, fact);
        break;
      case 'clusterqueues':
        this.#clusterQueues.set(fact.name, fact);
        break;
      case 'cohorts':
        this.#cohorts.set(fact.name, fact);
        break;
      default:
        this.#flavors.set(fact.name, fact);
    }
  }

  remove(fact: QueueFact): void {
    switch (fact.resource) {
      case 'localqueues':
        this.#localQueues.delete(fact.namespace, fact);
        break;
      case 'clusterqueues':
        deleteIfSame(this.#clusterQueues, fact);
        break;
      case 'cohorts':
        deleteIfSame(this.#cohorts, fact);
        break;
      default:
        deleteIfSame(this.#flavors, fact);
    }
  }

  localQueues(namespace: string): Iterable<LocalQueueFact> {
    return this.#localQueues.get(namespace);
  }

  clusterQueues(): Iterable<ClusterQueueFact> {
    return this.#clusterQueues.values();
  }

  clusterQueue(name: string): ClusterQueueFact | undefined {
    return this.#clusterQueues.get(name);
  }

  cohorts(): Iterable<CohortFact> {
    return this.#cohorts.values();
  }

  cohort(name: string): CohortFact | undefined {
    return this.#cohorts.get(name);
  }

  flavor(name: string): ResourceFlavorFact | undefined {
    return this.#flavors.get(name);
  }
}

function deleteIfSame<T extends { name: string }>(
  table: Map<string, T>,
  fact: T,
): void {
  // One of the same name may have come before the old one's removal is seen.
  if (table.get(fact.name) === fact) table.delete(fact.name);
}
