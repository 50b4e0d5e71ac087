import type {
  ClusterQueueFact,
  FlavorQuotaFact,
  LocalQueueFact,
} from '../facts/QueueFacts';
import type { InventoryQueue, QueueFlavor } from '../sizing/InventoryQueue';
import type { PlanInventory } from '../sizing/PlanInventory';
import type { ClusterState } from '../state/ClusterState';

const CRD = 'localqueues.kueue.x-k8s.io';

/**
 * Kueue's queues of one namespace with what their ClusterQueues leave, as a plan needs it.
 *
 * @param namespace - undefined: none is planned for, and then no queue is looked for
 * @public
 */
export function deriveQueues(
  states: readonly ClusterState[],
  namespace: string | undefined,
): Pick<PlanInventory, 'queues' | 'queuesUnknown'> {
  if (namespace === undefined) return {};
  return {
    queues: states.flatMap(state =>
      Array.from(state.localQueues(namespace), queue => queueOf(state, queue)),
    ),
    queuesUnknown: states
      .filter(state => state.hasCrd(CRD) && !state.has('localqueues'))
      .map(({ name }) => name),
  };
}

function queueOf(
  state: ClusterState,
  { name, namespace, clusterQueue, stopped, pending }: LocalQueueFact,
): InventoryQueue {
  const behind = state.clusterQueue(clusterQueue);
  // A LocalQueue is inactive, too, when its ClusterQueue is; that one says why.
  const stop = behind?.stopped
    ? { by: 'ClusterQueue' as const, ...behind.stopped }
    : stopped && { by: 'LocalQueue' as const, ...stopped };
  return {
    cluster: state.name,
    namespace,
    name,
    clusterQueue,
    ...(stop ? { stopped: stop } : {}),
    ...(pending === undefined ? {} : { pending }),
    ...(state.has('clusterqueues') ? { quota: quotaOf(state, behind) } : {}),
  };
}

function quotaOf(
  state: ClusterState,
  queue: ClusterQueueFact | undefined,
): InventoryQueue['quota'] {
  if (!queue) return { state: 'Missing', covered: [], flavors: [] };
  return {
    state: queue.takes === 'None' ? 'TakesNone' : 'Ready',
    ...(queue.cohort ? { cohort: queue.cohort } : {}),
    covered: queue.covered,
    flavors: queue.quotas.map(quota => flavorOf(state, queue, quota)),
  };
}

function flavorOf(
  state: ClusterState,
  queue: ClusterQueueFact,
  quota: FlavorQuotaFact,
): QueueFlavor {
  const { flavor, resource, nominal, used, borrowingLimit } = quota;
  const cohortLeft = cohortLeftOf(state, queue, quota);
  return {
    flavor,
    resource,
    products: state.resourceFlavor(flavor)?.products ?? {},
    nominal,
    ...(used === undefined ? {} : { used }),
    ...(borrowingLimit === undefined ? {} : { borrowingLimit }),
    ...(cohortLeft === undefined ? {} : { cohortLeft }),
  };
}

/**
 * What the other ClusterQueues of the cohort leave of the same resource and flavor. Their lending limits hold what they keep to
 * themselves; one that uses more than its own has borrowed it. Cohorts of cohorts are not followed.
 */
function cohortLeftOf(
  state: ClusterState,
  queue: ClusterQueueFact,
  { flavor, resource }: FlavorQuotaFact,
): number | undefined {
  if (!queue.cohort) return undefined;
  let left = 0;
  for (const other of state.clusterQueues()) {
    if (other.cohort !== queue.cohort || other.uid === queue.uid) continue;
    for (const quota of other.quotas) {
      if (quota.flavor !== flavor || quota.resource !== resource) continue;
      const unused = quota.nominal - (quota.used ?? quota.nominal);
      left += Math.min(unused, quota.lendingLimit ?? Infinity);
    }
  }
  return left;
}
