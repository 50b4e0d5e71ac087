import { Cluster } from '../Cluster';
import { withCondition } from '../conditions';
import { hasEnded, isPodReady } from '../podReadiness';
import { matchesSelector } from '../selectors';
import { objectKey, SimController, splitKey } from '../SimController';
import { PodDisruptionBudget } from '../workloadTypes';
import { resolveIntOrPercent } from './rollout';

/** Pods that must stay healthy; a percentage is rounded up, as the disruption controller does. */
const desiredHealthy = (budget: PodDisruptionBudget, expected: number) => {
  const { minAvailable, maxUnavailable } = budget.spec;
  if (maxUnavailable !== undefined) {
    return Math.max(
      0,
      expected - (resolveIntOrPercent(maxUnavailable, expected, true) ?? 0),
    );
  }
  return minAvailable === undefined
    ? expected
    : (resolveIntOrPercent(minAvailable, expected, true) ?? expected);
};

/**
 * Fills in how many disruptions a PodDisruptionBudget allows now.
 */
export function createPodDisruptionBudgetController(
  cluster: Cluster,
): SimController {
  return {
    name: 'disruption-controller',
    initialKeys: () => cluster.list('poddisruptionbudgets').map(objectKey),
    keysOf({ resource, object }) {
      if (resource === 'poddisruptionbudgets') {
        return [objectKey(object)];
      }
      if (resource !== 'pods') {
        return [];
      }
      const { namespace, labels } = object.metadata;
      return cluster
        .list('poddisruptionbudgets', namespace)
        .filter(({ spec }) => matchesSelector(spec.selector, labels))
        .map(objectKey);
    },
    reconcile(key) {
      const budget = cluster.get('poddisruptionbudgets', ...splitKey(key));
      if (!budget) {
        return;
      }
      const pods = cluster
        .list('pods', budget.metadata.namespace)
        .filter(
          pod =>
            !hasEnded(pod) &&
            matchesSelector(budget.spec.selector, pod.metadata.labels),
        );
      const currentHealthy = pods.filter(
        pod => isPodReady(pod) && !pod.metadata.deletionTimestamp,
      ).length;
      const desired = desiredHealthy(budget, pods.length);
      const disruptionsAllowed =
        pods.length === 0 ? 0 : Math.max(0, currentHealthy - desired);
      cluster.modify(
        'poddisruptionbudgets',
        budget,
        current => ({
          ...current,
          status: {
            ...current.status,
            observedGeneration: current.metadata.generation,
            disruptionsAllowed,
            currentHealthy,
            desiredHealthy: desired,
            expectedPods: pods.length,
            conditions: withCondition(
              current.status?.conditions,
              {
                type: 'DisruptionAllowed',
                status: disruptionsAllowed > 0 ? 'True' : 'False',
                reason:
                  disruptionsAllowed > 0
                    ? 'SufficientPods'
                    : 'InsufficientPods',
                message: '',
                observedGeneration: current.metadata.generation,
              },
              cluster.timestamp(),
            ),
          },
        }),
        'status',
      );
    },
  };
}
