import type { WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import type { StoreWorkload } from '../vectorStores';
import { isPartOfAnother } from './ownerChain';

/** Workloads that make up one vector store. */
export interface StoreGroup {
  name: string;
  /** The first names it. */
  parts: readonly StoreWorkload[];
}

/** Workloads of a cluster by the store they make up: the components of one Milvus release are one store. */
export function groupStores(state: ClusterState): StoreGroup[] {
  const groups = new Map<string, StoreWorkload[]>();
  for (const workload of state.stores()) {
    const { store, namespace, uid } = workload;
    if (!store || isPartOfAnother(state, workload)) continue;
    const release =
      store.engine === 'milvus' && workload.resource !== 'milvuses'
        ? store.instance
        : undefined;
    const key = release === undefined ? uid : `${namespace}/${release}`;
    const group = groups.get(key) ?? [];
    group.push({ ...workload, store });
    groups.set(key, group);
  }
  return [...groups.values()].map(unsorted => {
    const parts = unsorted.sort((left, right) =>
      left.name < right.name ? -1 : 1,
    );
    const [first] = parts;
    const several = parts.length > 1;
    return {
      name: several ? (first.store.instance ?? first.name) : first.name,
      parts,
    };
  });
}

/** Workloads whose pods serve: those of a custom resource are described by what its operator made of it. */
export function backingOf(
  state: ClusterState,
  parts: readonly StoreWorkload[],
): WorkloadFact[] {
  const family: WorkloadFact[] = [...parts];
  for (let index = 0; index < family.length; index++) {
    family.push(...state.children(family[index].uid));
  }
  return family.filter(({ podLabels }) => podLabels !== undefined);
}
