import type { ClusterState } from '../state/ClusterState';
import type { StoreWorkload } from '../vectorStores';
import { findServiceOn } from './findEndpoint';
import { backingOf, groupStores } from './groupStores';

/**
 * How a vector store is reached through the API server: only what the live objects tell.
 *
 * @public
 */
export interface StoreTarget {
  cluster: string;
  namespace: string;
  name: string;
  /** Of the workload that names the store. */
  uid: string;
  store: StoreWorkload;
  /** The Service that leads to a container port. */
  serviceOn(port: number): { name: string; port: number } | undefined;
  /** Pods that serve now, by name. */
  readyPods: readonly string[];
}

/**
 * Every vector store of a cluster, as a prober asks it.
 *
 * @public
 */
export function deriveStoreTargets(state: ClusterState): StoreTarget[] {
  return groupStores(state).map(({ name, parts }) => {
    const [store] = parts;
    return {
      cluster: state.name,
      namespace: store.namespace,
      name,
      uid: store.uid,
      store,
      serviceOn: port =>
        backingOf(state, parts)
          .map(backing => findServiceOn(state, backing, port))
          .find(found => found !== undefined),
      readyPods: parts
        .flatMap(part => state.podsOf(part.uid))
        .filter(({ ready, deleting }) => ready && !deleting)
        .map(pod => pod.name)
        .sort(),
    };
  });
}
