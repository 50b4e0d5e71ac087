import { Cluster } from '../Cluster';
import { findCondition, withCondition } from '../conditions';
import { EventRecorder } from '../EventRecorder';
import { Pod } from '../kubeTypes';
import { podRequests } from '../podResources';
import { SimController } from '../SimController';
import { findMisfit, Misfit, NodeUsage, scoreNode } from './nodeFit';
import { createNodeLedger } from './NodeLedger';
import { checkVolumes } from './podVolumes';
import {
  rejectedBeforeNodes,
  unschedulableMessage,
} from './unschedulableMessage';

const COMPONENT = 'default-scheduler';

const keyOf = (pod: Pod) => `${pod.metadata.namespace}/${pod.metadata.name}`;

/** A node counts only while it is ready; the node controller would taint it otherwise. */
const isReady = ({ node }: NodeUsage) =>
  findCondition(node.status?.conditions, 'Ready')?.status !== 'False';

/**
 * Gives pods a node: filters by taints, selectors, affinity and resources, prefers the node with most room, and otherwise
 * says why not in the scheduler's own words. A pod that found no place is tried again when something could have changed.
 */
export function createScheduler(
  cluster: Cluster,
  events: EventRecorder,
): SimController {
  const ledger = createNodeLedger(cluster);
  const waiting = new Set<string>();

  const refuse = (pod: Pod, message: string) => {
    waiting.add(keyOf(pod));
    const earlier = findCondition(pod.status?.conditions, 'PodScheduled');
    cluster.modify(
      'pods',
      pod,
      current => ({
        ...current,
        status: {
          ...current.status,
          phase: 'Pending',
          conditions: withCondition(
            current.status?.conditions,
            {
              type: 'PodScheduled',
              status: 'False',
              reason: 'Unschedulable',
              message,
            },
            cluster.timestamp(),
          ),
        },
      }),
      'status',
    );
    if (earlier?.message !== message) {
      events.record(pod, {
        type: 'Warning',
        reason: 'FailedScheduling',
        message,
        component: COMPONENT,
      });
    }
  };

  const bind = (pod: Pod, node: string) => {
    waiting.delete(keyOf(pod));
    const bound = cluster.modify('pods', pod, current => ({
      ...current,
      spec: { ...current.spec, nodeName: node },
    }));
    if (!bound) {
      return;
    }
    cluster.modify(
      'pods',
      bound,
      current => ({
        ...current,
        status: {
          ...current.status,
          phase: 'Pending',
          conditions: withCondition(
            current.status?.conditions,
            { type: 'PodScheduled', status: 'True' },
            cluster.timestamp(),
          ),
        },
      }),
      'status',
    );
    events.record(pod, {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${keyOf(pod)} to ${node}`,
      component: COMPONENT,
    });
  };

  const reconcile = (key: string) => {
    const [namespace, name] = key.split('/');
    const pod = cluster.get('pods', namespace, name);
    if (
      !pod ||
      pod.spec.nodeName ||
      pod.metadata.deletionTimestamp ||
      // Another scheduler's to place, or nobody's.
      (pod.spec.schedulerName ?? COMPONENT) !== COMPONENT
    ) {
      waiting.delete(key);
      return;
    }
    const usages = ledger.nodes().filter(isReady);
    const volumes = checkVolumes(cluster, pod);
    if (volumes.refusal) {
      refuse(pod, rejectedBeforeNodes(usages.length, volumes.refusal));
      return;
    }
    const requests = podRequests(pod.spec);
    const misfits: Misfit[] = [];
    let best: { node: string; score: number } | undefined;
    for (const usage of usages) {
      const misfit = findMisfit(pod, requests, usage);
      if (misfit) {
        misfits.push(misfit);
        continue;
      }
      const score = scoreNode(requests, usage);
      const node = usage.node.metadata.name;
      if (
        !best ||
        score > best.score ||
        (score === best.score && node < best.node)
      ) {
        best = { node, score };
      }
    }
    if (!best) {
      refuse(
        pod,
        unschedulableMessage(misfits, pod.spec.preemptionPolicy !== 'Never'),
      );
    } else if (volumes.toProvision.length > 0) {
      // Delayed binding: the choice of the node starts the provisioning, and the pod is bound once the volume is there.
      const { node } = best;
      waiting.add(key);
      volumes.toProvision.forEach(claim =>
        cluster.modify('persistentvolumeclaims', claim, current => ({
          ...current,
          metadata: {
            ...current.metadata,
            annotations: {
              ...current.metadata.annotations,
              'volume.kubernetes.io/selected-node': node,
            },
          },
        })),
      );
    } else {
      bind(pod, best.node);
    }
  };

  return {
    name: COMPONENT,
    initialKeys: () =>
      cluster
        .list('pods')
        .filter(pod => !pod.spec.nodeName && !pod.metadata.deletionTimestamp)
        .map(keyOf),
    reconcile,
    keysOf({ type, resource, object }) {
      const retry = () => [...waiting];
      if (resource === 'pods') {
        const pod = object as Pod;
        if (type === 'DELETED') {
          ledger.removePod(pod);
          waiting.delete(keyOf(pod));
          return retry();
        }
        ledger.setPod(pod);
        if (!pod.spec.nodeName) {
          return type === 'ADDED' ? [keyOf(pod)] : [];
        }
        const hasEnded =
          pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
        return hasEnded ? retry() : [];
      }
      if (resource === 'nodes') {
        if (type === 'DELETED') {
          ledger.removeNode(object.metadata.name);
        } else {
          ledger.setNode(object as NodeUsage['node']);
        }
        return retry();
      }
      return resource === 'persistentvolumeclaims' ? retry() : [];
    },
  };
}
