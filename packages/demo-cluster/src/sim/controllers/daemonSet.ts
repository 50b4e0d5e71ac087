import { Cluster } from '../Cluster';
import { Node, Pod } from '../kubeTypes';
import { buildPod, generatedName, templateHash } from '../podFactory';
import { PodControl } from '../PodControl';
import { isPodActive, isPodReady } from '../podReadiness';
import { matchesNodeAffinity, untoleratedTaint } from '../scheduler/nodeFit';
import { objectKey, SimController, splitKey } from '../SimController';
import { DaemonSet } from '../workloadTypes';
import { ownerKeys } from './ownerKeys';

const COMPONENT = 'daemonset-controller';

/** Taints that the daemon set controller tolerates for its pods. */
const OWN_TOLERATIONS = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
].map(([name, effect]) => ({
  key: `node.kubernetes.io/${name}`,
  operator: 'Exists',
  effect,
}));

/** The template's spec, pinned to one node through its name as the controller does it. */
const specFor = (daemonSet: DaemonSet, node: Node) => {
  const { spec } = daemonSet.spec.template;
  return {
    ...spec,
    tolerations: [...(spec.tolerations ?? []), ...OWN_TOLERATIONS],
    affinity: {
      ...spec.affinity,
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchFields: [
                {
                  key: 'metadata.name',
                  operator: 'In',
                  values: [node.metadata.name],
                },
              ],
            },
          ],
        },
      },
    },
  };
};

const wants = (daemonSet: DaemonSet, node: Node) =>
  matchesNodeAffinity(daemonSet.spec.template.spec, node) &&
  !untoleratedTaint(node.spec.taints, [
    ...(daemonSet.spec.template.spec.tolerations ?? []),
    ...OWN_TOLERATIONS,
  ]);

/** The node a pod of the set is meant for, also while it waits to be bound. */
const targetOf = (pod: Pod): string | undefined =>
  pod.spec.nodeName ??
  pod.spec.affinity?.nodeAffinity
    ?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms[0]
    ?.matchFields?.[0]?.values?.[0];

/**
 * Keeps one pod of a DaemonSet on each node that its template selects.
 */
export function createDaemonSetController(
  cluster: Cluster,
  pods: PodControl,
): SimController {
  const random = cluster.random.fork(`daemonset/${cluster.clock.now()}`);
  const owned = (daemonSet: DaemonSet) =>
    cluster.controlledBy('pods', daemonSet.metadata.uid);

  return {
    name: COMPONENT,
    initialKeys: () => cluster.list('daemonsets').map(objectKey),
    keysOf(change) {
      return change.resource === 'nodes' && change.type !== 'MODIFIED'
        ? cluster.list('daemonsets').map(objectKey)
        : ownerKeys(change, 'daemonsets', 'DaemonSet', ['pods']);
    },
    reconcile(key) {
      const daemonSet = cluster.get('daemonsets', ...splitKey(key));
      if (!daemonSet || daemonSet.metadata.deletionTimestamp) {
        return undefined;
      }
      const hash = templateHash(daemonSet.spec.template);
      const nodes = cluster
        .list('nodes')
        .filter(node => wants(daemonSet, node));
      const wanted = new Set(nodes.map(({ metadata }) => metadata.name));
      const placed = new Set<string>();
      for (const pod of owned(daemonSet)) {
        const target = targetOf(pod) ?? '';
        const isCurrent =
          pod.metadata.labels?.['controller-revision-hash'] === hash;
        if (!isPodActive(pod)) {
          // One that is on its way out still holds its place; one that ended is replaced.
          if (pod.metadata.deletionTimestamp) {
            placed.add(target);
          } else {
            pods.remove(daemonSet, pod, COMPONENT);
          }
        } else if (!wanted.has(target) || placed.has(target) || !isCurrent) {
          pods.remove(daemonSet, pod, COMPONENT);
          placed.add(target);
        } else {
          placed.add(target);
        }
      }
      for (const node of nodes) {
        if (!placed.has(node.metadata.name)) {
          pods.create(
            daemonSet,
            buildPod({
              owner: daemonSet,
              template: {
                ...daemonSet.spec.template,
                spec: specFor(daemonSet, node),
              },
              name: generatedName(daemonSet.metadata.name, random),
              labels: {
                'controller-revision-hash': hash,
                'pod-template-generation': '1',
              },
            }),
            COMPONENT,
          );
        }
      }
      const active = owned(daemonSet).filter(isPodActive);
      const ready = active.filter(isPodReady).length;
      const updated = active.filter(
        pod => pod.metadata.labels?.['controller-revision-hash'] === hash,
      ).length;
      cluster.modify(
        'daemonsets',
        daemonSet,
        current => ({
          ...current,
          status: {
            currentNumberScheduled: active.length,
            numberMisscheduled: 0,
            desiredNumberScheduled: nodes.length,
            numberReady: ready,
            observedGeneration: current.metadata.generation,
            ...(updated > 0 && { updatedNumberScheduled: updated }),
            ...(ready > 0 && { numberAvailable: ready }),
            ...(nodes.length > ready && {
              numberUnavailable: nodes.length - ready,
            }),
          },
        }),
        'status',
      );
      return undefined;
    },
  };
}
