import type {
  GenaiNamespace,
  NamespaceQueue,
  NamespacesQuery,
  NamespacesResponse,
} from '@promptside/backstage-plugin-genai-common';
import { deriveQueues } from './deriveQueues';
import type { ClusterState } from '../state/ClusterState';

/**
 * Namespaces with owner, GPU quota and Kueue's queues, by cluster and name. `resource` of a quota line is the extended resource itself,
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
  return [...items.values()]
    .map(item => {
      const queues = queuesOf(state, item.name);
      return queues.length > 0 ? { ...item, queues } : item;
    })
    .sort(byName);
}

function queuesOf(state: ClusterState, namespace: string): NamespaceQueue[] {
  const { queues = [] } = deriveQueues([state], namespace);
  return queues
    .map(({ name, clusterQueue, pending, stopped, quota }) => {
      const checks = new Set(
        quota?.flavors.flatMap(flavor => flavor.checks ?? []),
      );
      const why =
        stopped?.reason ??
        (quota?.state === 'Missing' ? 'ClusterQueueMissing' : undefined) ??
        (quota?.state === 'TakesNone' ? 'TakesNoNamespace' : undefined);
      return {
        name,
        clusterQueue,
        ...(pending === undefined ? {} : { pendingCount: pending }),
        ...(why ? { stopped: why } : {}),
        ...(checks.size > 0 ? { admissionChecks: [...checks] } : {}),
      };
    })
    .sort(byName);
}

function byName(left: { name: string }, right: { name: string }): number {
  return left.name < right.name ? -1 : 1;
}
