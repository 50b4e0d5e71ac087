import type {
  ClusterQueueFact,
  FlavorQuotaFact,
  LocalQueueFact,
} from '../facts/QueueFacts';
import { cohortLeft } from './cohortTree';
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
  const checks = (queue.admissionChecks ?? [])
    .filter(({ flavors }) => !flavors || flavors.includes(flavor))
    .map(({ name }) => name);
  const left = queue.cohort && cohortLeft(state, queue.cohort, quota);
  return {
    flavor,
    resource,
    products: state.resourceFlavor(flavor)?.products ?? {},
    nominal,
    ...(used === undefined ? {} : { used }),
    ...(borrowingLimit === undefined ? {} : { borrowingLimit }),
    ...(typeof left === 'number' ? { cohortLeft: left } : {}),
    ...(checks.length > 0 ? { checks } : {}),
  };
}
