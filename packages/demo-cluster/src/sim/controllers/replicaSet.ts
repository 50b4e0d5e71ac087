import { Cluster } from '../Cluster';
import { withCondition } from '../conditions';
import { Condition } from '../kubeTypes';
import { buildPod, generatedName } from '../podFactory';
import { PodControl } from '../PodControl';
import {
  availability,
  compareForDeletion,
  isPodActive,
  isPodReady,
} from '../podReadiness';
import { objectKey, SimController, splitKey } from '../SimController';
import { ReplicaSet } from '../workloadTypes';
import { ownerKeys } from './ownerKeys';

const COMPONENT = 'replicaset-controller';

/** How soon a refused creation is tried again: the quota may have been raised meanwhile. */
const RETRY_MS = 15_000;

const withFailure = (
  conditions: Condition[] | undefined,
  message: string | undefined,
  now: string,
): Condition[] | undefined => {
  if (message !== undefined) {
    return withCondition(
      conditions,
      {
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        message,
      },
      now,
    );
  }
  const others = conditions?.filter(({ type }) => type !== 'ReplicaFailure');
  return others && others.length > 0 ? others : undefined;
};

/**
 * Keeps as many pods as a ReplicaSet asks for.
 */
export function createReplicaSetController(
  cluster: Cluster,
  pods: PodControl,
): SimController {
  const random = cluster.random.fork(`replicaset/${cluster.clock.now()}`);

  const scale = (replicaSet: ReplicaSet): string | undefined => {
    const wanted = replicaSet.spec.replicas ?? 1;
    const active = cluster
      .controlledBy('pods', replicaSet.metadata.uid)
      .filter(isPodActive);
    for (let count = active.length; count < wanted; count++) {
      const result = pods.create(
        replicaSet,
        buildPod({
          owner: replicaSet,
          template: replicaSet.spec.template,
          name: generatedName(replicaSet.metadata.name, random),
        }),
        COMPONENT,
      );
      // A second pod would be refused for the same reason; the real controller's slow start stops here as well.
      if ('refusal' in result) {
        return result.refusal.message;
      }
    }
    [...active]
      .sort(compareForDeletion)
      .slice(0, Math.max(0, active.length - wanted))
      .forEach(pod => pods.remove(replicaSet, pod, COMPONENT));
    return undefined;
  };

  return {
    name: COMPONENT,
    initialKeys: () => cluster.list('replicasets').map(objectKey),
    keysOf: change => ownerKeys(change, 'replicasets', 'ReplicaSet', ['pods']),
    reconcile(key) {
      const replicaSet = cluster.get('replicasets', ...splitKey(key));
      if (!replicaSet || replicaSet.metadata.deletionTimestamp) {
        return undefined;
      }
      const failure = scale(replicaSet);
      const owned = cluster.controlledBy('pods', replicaSet.metadata.uid);
      const active = owned.filter(isPodActive);
      const terminatingReplicas = owned.filter(
        ({ metadata, status }) =>
          metadata.deletionTimestamp &&
          status?.phase !== 'Succeeded' &&
          status?.phase !== 'Failed',
      ).length;
      const now = cluster.clock.now();
      const states = active.map(pod =>
        availability(pod, replicaSet.spec.minReadySeconds ?? 0, now),
      );
      const readyReplicas = active.filter(isPodReady).length;
      const availableReplicas = states.filter(
        ({ available }) => available,
      ).length;
      cluster.modify(
        'replicasets',
        replicaSet,
        current => {
          const conditions = withFailure(
            current.status?.conditions,
            failure,
            cluster.timestamp(),
          );
          return {
            ...current,
            // Counts of zero are left out, but for the newest one, as Kubernetes does.
            status: {
              replicas: active.length,
              ...(active.length > 0 && { fullyLabeledReplicas: active.length }),
              ...(readyReplicas > 0 && { readyReplicas }),
              ...(availableReplicas > 0 && { availableReplicas }),
              terminatingReplicas,
              observedGeneration: current.metadata.generation,
              ...(conditions && { conditions }),
            },
          };
        },
        'status',
      );
      const soonest = Math.min(
        ...states.map(({ inMs }) => inMs ?? Infinity),
        failure === undefined ? Infinity : RETRY_MS,
      );
      return Number.isFinite(soonest) ? soonest : undefined;
    },
  };
}
