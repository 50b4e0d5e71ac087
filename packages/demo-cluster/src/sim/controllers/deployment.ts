import { Cluster } from '../Cluster';
import { withCondition } from '../conditions';
import { EventRecorder } from '../EventRecorder';
import {
  controllerReference,
  isSameTemplate,
  templateHash,
} from '../podFactory';
import { objectKey, SimController, splitKey } from '../SimController';
import { Deployment, ReplicaSet } from '../workloadTypes';
import { deploymentStatus, progressDeadline } from './deploymentStatus';
import { ownerKeys } from './ownerKeys';
import { nextNewReplicas, nextOldReplicas, rolloutBounds } from './rollout';

const COMPONENT = 'deployment-controller';
const REVISION = 'deployment.kubernetes.io/revision';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MAXIMUM = 'deployment.kubernetes.io/max-replicas';

const revisionOf = (set: ReplicaSet) =>
  Number(set.metadata.annotations?.[REVISION] ?? 0);

/**
 * Rolls Deployments out: one ReplicaSet per template, scaled against each other within the bounds of the strategy.
 */
export function createDeploymentController(
  cluster: Cluster,
  events: EventRecorder,
): SimController {
  const countAnnotations = (deployment: Deployment) => {
    const wanted = deployment.spec.replicas ?? 1;
    return {
      [DESIRED]: String(wanted),
      [MAXIMUM]: String(wanted + rolloutBounds(deployment).maxSurge),
    };
  };

  const scaleTo = (
    deployment: Deployment,
    set: ReplicaSet,
    replicas: number,
  ): ReplicaSet => {
    const before = set.spec.replicas ?? 1;
    const updated = cluster.modify('replicasets', set, current => ({
      ...current,
      metadata: {
        ...current.metadata,
        annotations: {
          ...current.metadata.annotations,
          ...countAnnotations(deployment),
        },
      },
      spec: { ...current.spec, replicas },
    }));
    if (before !== replicas) {
      events.record(deployment, {
        type: 'Normal',
        reason: 'ScalingReplicaSet',
        message: `Scaled ${before < replicas ? 'up' : 'down'} replica set ${set.metadata.name} from ${before} to ${replicas}`,
        component: COMPONENT,
      });
    }
    return updated ?? set;
  };

  const progress = (deployment: Deployment, reason: string, message: string) =>
    cluster.modify(
      'deployments',
      deployment,
      current => {
        const now = cluster.timestamp();
        return {
          ...current,
          status: {
            ...current.status,
            conditions: withCondition(
              current.status?.conditions,
              { type: 'Progressing', status: 'True', reason, message },
              now,
            ).map(condition =>
              condition.type === 'Progressing'
                ? { ...condition, lastUpdateTime: now }
                : condition,
            ),
          },
        };
      },
      'status',
    );

  const createNewest = (deployment: Deployment, revision: number) => {
    const { namespace, name, labels } = deployment.metadata;
    let hash = templateHash(deployment.spec.template);
    for (
      let collisions = 1;
      cluster.get('replicasets', namespace, `${name}-${hash}`);
      collisions++
    ) {
      hash = templateHash(deployment.spec.template, collisions);
    }
    const hashLabel = { 'pod-template-hash': hash };
    const { template, selector, minReadySeconds } = deployment.spec;
    const created = cluster.create('replicasets', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels: { ...labels, ...template.metadata?.labels, ...hashLabel },
        annotations: {
          ...countAnnotations(deployment),
          [REVISION]: String(revision),
        },
        ownerReferences: [controllerReference(deployment)],
        generation: 1,
      },
      spec: {
        replicas: 0,
        ...(minReadySeconds && { minReadySeconds }),
        selector: {
          ...selector,
          matchLabels: { ...selector.matchLabels, ...hashLabel },
        },
        template: {
          ...template,
          metadata: {
            ...template.metadata,
            labels: { ...template.metadata?.labels, ...hashLabel },
          },
        },
      },
      status: { replicas: 0 },
    });
    progress(
      deployment,
      'NewReplicaSetCreated',
      `Created new replica set "${created.metadata.name}"`,
    );
    return created;
  };

  /** The ReplicaSet of the current template, with the highest revision; a rollback finds an earlier one again. */
  const ensureNewest = (deployment: Deployment, all: ReplicaSet[]) => {
    const highest = Math.max(0, ...all.map(revisionOf));
    const match = all.find(set =>
      isSameTemplate(set.spec.template, deployment.spec.template),
    );
    if (!match) {
      return createNewest(deployment, highest + 1);
    }
    const revision = revisionOf(match) === highest ? highest : highest + 1;
    if (revision !== revisionOf(match)) {
      progress(
        deployment,
        'FoundNewReplicaSet',
        `Found new replica set "${match.metadata.name}"`,
      );
    }
    return (
      cluster.modify('replicasets', match, current => ({
        ...current,
        metadata: {
          ...current.metadata,
          annotations: {
            ...current.metadata.annotations,
            ...countAnnotations(deployment),
            [REVISION]: String(revision),
          },
        },
      })) ?? match
    );
  };

  const rollOut = (
    deployment: Deployment,
    newest: ReplicaSet,
    old: ReplicaSet[],
  ) => {
    const wanted = deployment.spec.replicas ?? 1;
    if (deployment.spec.strategy?.type === 'Recreate') {
      const scaledDown = old.filter(set => (set.spec.replicas ?? 1) > 0);
      scaledDown.forEach(set => scaleTo(deployment, set, 0));
      const isStillThere = old.some(
        set => cluster.controlledBy('pods', set.metadata.uid).length > 0,
      );
      if (scaledDown.length === 0 && !isStillThere) {
        scaleTo(deployment, newest, wanted);
      }
      return;
    }
    const next = nextNewReplicas(deployment, newest, old);
    if (next !== (newest.spec.replicas ?? 1)) {
      scaleTo(deployment, newest, next);
      return;
    }
    nextOldReplicas(deployment, newest, old).forEach((replicas, set) =>
      scaleTo(deployment, set, replicas),
    );
  };

  const pruneHistory = (deployment: Deployment, old: ReplicaSet[]) => {
    const limit = deployment.spec.revisionHistoryLimit ?? 10;
    const unused = old
      .filter(
        set =>
          (set.spec.replicas ?? 1) === 0 && (set.status?.replicas ?? 0) === 0,
      )
      .sort((a, b) => revisionOf(a) - revisionOf(b));
    unused
      .slice(0, Math.max(0, unused.length - limit))
      .forEach(set => cluster.remove('replicasets', set));
  };

  const owned = (deployment: Deployment) =>
    cluster
      .controlledBy('replicasets', deployment.metadata.uid)
      .filter(set => !set.metadata.deletionTimestamp)
      .sort((a, b) => revisionOf(a) - revisionOf(b));

  return {
    name: COMPONENT,
    initialKeys: () => cluster.list('deployments').map(objectKey),
    keysOf(change) {
      const direct = ownerKeys(change, 'deployments', 'Deployment', [
        'replicasets',
      ]);
      if (change.resource !== 'pods' || change.type !== 'DELETED') {
        return direct;
      }
      // Recreate waits for the last old pod to be gone, which no ReplicaSet's status tells.
      const { namespace, ownerReferences } = change.object.metadata;
      return (ownerReferences ?? []).flatMap(
        ({ name }) =>
          cluster
            .get('replicasets', namespace, name)
            ?.metadata.ownerReferences?.map(
              owner => `${namespace}/${owner.name}`,
            ) ?? [],
      );
    },
    reconcile(key) {
      const found = cluster.get('deployments', ...splitKey(key));
      if (!found || found.metadata.deletionTimestamp) {
        return undefined;
      }
      const isPaused = found.spec.paused === true;
      const newest = isPaused
        ? owned(found).find(set =>
            isSameTemplate(set.spec.template, found.spec.template),
          )
        : ensureNewest(found, owned(found));
      const old = owned(found).filter(
        set => set.metadata.uid !== newest?.metadata.uid,
      );
      if (newest && !isPaused) {
        rollOut(found, newest, old);
        pruneHistory(found, old);
      } else if (newest && old.every(set => (set.spec.replicas ?? 1) === 0)) {
        // A paused Deployment still scales.
        scaleTo(found, newest, found.spec.replicas ?? 1);
      }
      const deployment =
        cluster.modify('deployments', found, current => {
          const revision = newest && String(revisionOf(newest));
          return revision === undefined ||
            current.metadata.annotations?.[REVISION] === revision
            ? current
            : {
                ...current,
                metadata: {
                  ...current.metadata,
                  annotations: {
                    ...current.metadata.annotations,
                    [REVISION]: revision,
                  },
                },
              };
        }) ?? found;
      const all = owned(deployment);
      const nowMs = cluster.clock.now();
      const status = deploymentStatus({
        deployment,
        newest: all.find(set => set.metadata.uid === newest?.metadata.uid),
        all,
        now: cluster.timestamp(),
        nowMs,
      });
      cluster.modify(
        'deployments',
        deployment,
        current => ({ ...current, status }),
        'status',
      );
      const deadline = progressDeadline(deployment, status);
      return deadline === undefined
        ? undefined
        : Math.max(1_000, deadline - nowMs + 1_000);
    },
  };
}
