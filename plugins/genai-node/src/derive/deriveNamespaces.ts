import type {
  GenaiNamespace,
  NamespacesQuery,
  NamespacesResponse,
} from '@promptside/backstage-plugin-genai-common';
import type { ClusterState } from '../state/ClusterState';

/**
 * Namespaces with owner and GPU quota, by cluster and name. `resource` of a quota line is the extended resource itself,
 * without `requests.`. Where namespaces cannot be listed, those that have a quota are still told.
 *
 * @public
 */
export function deriveNamespaces(
  states: readonly ClusterState[],
  query: NamespacesQuery,
): Omit<NamespacesResponse, 'clusters'> {
  return {
    items: states
      .filter(
        ({ name }) => query.cluster === undefined || name === query.cluster,
      )
      .flatMap(namespacesOf),
  };
}

function namespacesOf(state: ClusterState): GenaiNamespace[] {
  const items = new Map<string, GenaiNamespace>();
  for (const { name, owner } of state.namespaces()) {
    items.set(name, {
      cluster: state.name,
      name,
      ...(owner ? { owner } : {}),
      quota: [],
    });
  }
  for (const { name, namespace, lines, scope } of state.quotas()) {
    if (scope === 'NotServers') continue;
    const item = items.get(namespace) ?? {
      cluster: state.name,
      name: namespace,
      quota: [],
    };
    items.set(namespace, item);
    for (const { resource, hard, used } of lines) {
      item.quota.push({
        namespace,
        name,
        resource,
        hard,
        used,
        left: Math.max(0, hard - used),
      });
    }
  }
  return [...items.values()].sort((left, right) =>
    left.name < right.name ? -1 : 1,
  );
}
