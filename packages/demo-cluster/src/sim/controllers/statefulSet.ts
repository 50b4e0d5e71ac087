import { ApiStatusError } from '../../store/ApiStatusError';
import { Cluster } from '../Cluster';
import { EventRecorder } from '../EventRecorder';
import { Pod, PodTemplate } from '../kubeTypes';
import { buildPod, controllerReference, templateHash } from '../podFactory';
import { PodControl } from '../PodControl';
import { availability, hasEnded, isPodReady } from '../podReadiness';
import { objectKey, SimController, splitKey } from '../SimController';
import { StatefulSet } from '../workloadTypes';
import { ownerKeys } from './ownerKeys';

const COMPONENT = 'statefulset-controller';
const REVISION = 'controller-revision-hash';
const RETRY_MS = 15_000;

const ordinalOf = (set: StatefulSet, pod: Pod): number =>
  Number(pod.metadata.name.slice(set.metadata.name.length + 1));

const claimName = (template: string, set: StatefulSet, ordinal: number) =>
  `${template}-${set.metadata.name}-${ordinal}`;

/**
 * Keeps the numbered pods of a StatefulSet, in order unless the set asks for parallel management, each with its claims.
 */
export function createStatefulSetController(
  cluster: Cluster,
  pods: PodControl,
  events: EventRecorder,
): SimController {
  const ensureClaims = (set: StatefulSet, ordinal: number) => {
    for (const template of set.spec.volumeClaimTemplates ?? []) {
      const name = claimName(template.metadata.name, set, ordinal);
      const { namespace } = set.metadata;
      if (!cluster.get('persistentvolumeclaims', namespace, name)) {
        cluster.create('persistentvolumeclaims', {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: {
            name,
            namespace,
            labels: {
              ...template.metadata.labels,
              ...set.spec.selector.matchLabels,
            },
          },
          spec: template.spec,
          status: { phase: 'Pending' },
        });
        events.record(set, {
          type: 'Normal',
          reason: 'SuccessfulCreate',
          message: `create Claim ${name} Pod ${set.metadata.name}-${ordinal} in StatefulSet ${set.metadata.name} success`,
          component: COMPONENT,
        });
      }
    }
  };

  const templateFor = (set: StatefulSet, ordinal: number): PodTemplate => ({
    ...set.spec.template,
    spec: {
      ...set.spec.template.spec,
      volumes: [
        ...(set.spec.volumeClaimTemplates ?? []).map(({ metadata }) => ({
          name: metadata.name,
          persistentVolumeClaim: {
            claimName: claimName(metadata.name, set, ordinal),
          },
        })),
        ...(set.spec.template.spec.volumes ?? []),
      ],
    },
  });

  /** Creates one pod; true when the API server refused it. */
  const createPod = (
    set: StatefulSet,
    ordinal: number,
    revision: string,
  ): boolean => {
    try {
      ensureClaims(set, ordinal);
    } catch (error) {
      if (error instanceof ApiStatusError) {
        return true;
      }
      throw error;
    }
    const name = `${set.metadata.name}-${ordinal}`;
    const result = pods.create(
      set,
      buildPod({
        owner: set,
        template: templateFor(set, ordinal),
        name,
        labels: {
          [REVISION]: revision,
          'statefulset.kubernetes.io/pod-name': name,
          'apps.kubernetes.io/pod-index': String(ordinal),
        },
      }),
      COMPONENT,
    );
    return 'refusal' in result;
  };

  const ensureRevision = (set: StatefulSet, name: string) => {
    const { namespace, labels } = set.metadata;
    if (!cluster.get('controllerrevisions', namespace, name)) {
      const count = cluster
        .list('controllerrevisions', namespace)
        .filter(({ metadata }) =>
          metadata.ownerReferences?.some(({ uid }) => uid === set.metadata.uid),
        ).length;
      cluster.create('controllerrevisions', {
        apiVersion: 'apps/v1',
        kind: 'ControllerRevision',
        metadata: {
          name,
          namespace,
          labels,
          ownerReferences: [controllerReference(set)],
        },
        data: {
          spec: { template: { ...set.spec.template, $patch: 'replace' } },
        },
        revision: count + 1,
      });
    }
  };

  const writeStatus = (set: StatefulSet, owned: Pod[], revision: string) => {
    const active = owned.filter(pod => !hasEnded(pod));
    const updated = active.filter(
      pod => pod.metadata.labels?.[REVISION] === revision,
    ).length;
    const ready = active.filter(isPodReady).length;
    const available = active.filter(
      pod =>
        availability(pod, set.spec.minReadySeconds ?? 0, cluster.clock.now())
          .available,
    ).length;
    cluster.modify(
      'statefulsets',
      set,
      current => {
        const isDone =
          updated === active.length &&
          active.length === (set.spec.replicas ?? 1);
        const currentRevision = isDone
          ? revision
          : (current.status?.currentRevision ?? revision);
        const currentReplicas = active.filter(
          pod => pod.metadata.labels?.[REVISION] === currentRevision,
        ).length;
        return {
          ...current,
          status: {
            observedGeneration: current.metadata.generation,
            replicas: active.length,
            ...(ready > 0 && { readyReplicas: ready }),
            availableReplicas: available,
            ...(currentReplicas > 0 && { currentReplicas }),
            ...(updated > 0 && { updatedReplicas: updated }),
            currentRevision,
            updateRevision: revision,
            collisionCount: 0,
          },
        };
      },
      'status',
    );
  };

  return {
    name: COMPONENT,
    initialKeys: () => cluster.list('statefulsets').map(objectKey),
    keysOf: change =>
      ownerKeys(change, 'statefulsets', 'StatefulSet', ['pods']),
    reconcile(key) {
      const set = cluster.get('statefulsets', ...splitKey(key));
      if (!set || set.metadata.deletionTimestamp) {
        return undefined;
      }
      const revision = `${set.metadata.name}-${templateHash(set.spec.template)}`;
      ensureRevision(set, revision);
      const replicas = set.spec.replicas ?? 1;
      const isParallel = set.spec.podManagementPolicy === 'Parallel';
      const byOrdinal = new Map(
        cluster
          .controlledBy('pods', set.metadata.uid)
          .map(pod => [ordinalOf(set, pod), pod]),
      );
      let isBlocked = false;
      let wasRefused = false;
      for (let ordinal = 0; ordinal < replicas && !isBlocked; ordinal++) {
        const pod = byOrdinal.get(ordinal);
        if (!pod) {
          wasRefused = createPod(set, ordinal, revision) || wasRefused;
          isBlocked = !isParallel;
        } else if (hasEnded(pod)) {
          pods.remove(set, pod, COMPONENT);
          isBlocked = !isParallel;
        } else if (!isPodReady(pod) || pod.metadata.deletionTimestamp) {
          isBlocked = !isParallel;
        }
      }
      const surplus = [...byOrdinal]
        .filter(([ordinal]) => ordinal >= replicas)
        .sort(([a], [b]) => b - a)
        .map(([, pod]) => pod);
      const isLeaving = surplus.some(pod => pod.metadata.deletionTimestamp);
      if (surplus.length > 0 && (isParallel || (!isBlocked && !isLeaving))) {
        surplus
          .filter(pod => !pod.metadata.deletionTimestamp)
          .slice(0, isParallel ? undefined : 1)
          .forEach(pod => pods.remove(set, pod, COMPONENT));
      } else if (
        surplus.length === 0 &&
        set.spec.updateStrategy?.type !== 'OnDelete'
      ) {
        // Rolling update: from the highest number down, one at a time, waiting for the one before to be ready.
        const partition =
          set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
        for (let ordinal = replicas - 1; ordinal >= partition; ordinal--) {
          const pod = byOrdinal.get(ordinal);
          if (!pod || pod.metadata.deletionTimestamp) {
            break;
          }
          if (pod.metadata.labels?.[REVISION] !== revision) {
            pods.remove(set, pod, COMPONENT);
            break;
          }
          if (!isPodReady(pod)) {
            break;
          }
        }
      }
      writeStatus(
        set,
        cluster.controlledBy('pods', set.metadata.uid),
        revision,
      );
      return wasRefused ? RETRY_MS : undefined;
    },
  };
}
