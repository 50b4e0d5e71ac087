import type {
  GenaiStorageClass,
  StorageClassesQuery,
  StorageClassesResponse,
} from '@promptside/backstage-plugin-genai-common';
import type { StorageClassFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';

/**
 * Storage classes by cluster and name. Of several defaults only the one that the cluster would take is told as such.
 *
 * @public
 */
export function deriveStorageClasses(
  states: readonly ClusterState[],
  query: StorageClassesQuery,
): Omit<StorageClassesResponse, 'clusters'> {
  return {
    items: states
      .filter(
        ({ name }) => query.cluster === undefined || name === query.cluster,
      )
      .flatMap(classesOf),
  };
}

function classesOf(state: ClusterState): GenaiStorageClass[] {
  const facts = [...state.storageClasses()];
  const taken = facts.filter(({ isDefault }) => isDefault).sort(asAdmitted)[0];
  return facts
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ resource: _, uid: __, createdAt: ___, ...fact }) => ({
      cluster: state.name,
      ...fact,
      isDefault: fact.name === taken?.name,
    }));
}

/** The order of the admission plugin DefaultStorageClass: the newest first, then by name. */
function asAdmitted(left: StorageClassFact, right: StorageClassFact): number {
  const newest = (right.createdAt ?? '').localeCompare(left.createdAt ?? '');
  return newest || (left.name < right.name ? -1 : 1);
}
