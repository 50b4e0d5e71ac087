import { Cluster } from '../Cluster';
import { Node, Pod, ResourceList } from '../kubeTypes';
import { Amounts, holdsResources, podRequests } from '../podResources';
import { quantityOrZero } from '../quantities';
import { NodeUsage } from './nodeFit';

/** Running totals of what each node's pods hold, kept by changes and never by walking all pods. */
export interface NodeLedger {
  nodes(): NodeUsage[];
  setNode(node: Node): void;
  removeNode(name: string): void;
  setPod(pod: Pod): void;
  removePod(pod: Pod): void;
}

const amountsOf = (list: ResourceList): Amounts =>
  new Map(
    Object.entries(list).map(([name, text]) => [name, quantityOrZero(text)]),
  );

/**
 * A ledger of the cluster as it is now. The caller feeds it the later changes.
 */
export function createNodeLedger(cluster: Cluster): NodeLedger {
  const usages = new Map<string, NodeUsage>();
  const held = new Map<string, { node: string; amounts: Amounts }>();

  const usedOn = (node: string): Amounts => usages.get(node)?.used ?? new Map();

  const release = (uid: string) => {
    const entry = held.get(uid);
    if (entry) {
      held.delete(uid);
      const used = usedOn(entry.node);
      entry.amounts.forEach((amount, name) =>
        used.set(name, (used.get(name) ?? 0) - amount),
      );
    }
  };

  const hold = (pod: Pod) => {
    const uid = pod.metadata.uid ?? '';
    const node = pod.spec.nodeName;
    if (!node || !holdsResources(pod)) {
      release(uid);
    } else if (!held.has(uid)) {
      // A pod's requests do not change once it has a node, so the first entry stays true.
      const amounts = podRequests(pod.spec);
      held.set(uid, { node, amounts });
      const used = usedOn(node);
      amounts.forEach((amount, name) =>
        used.set(name, (used.get(name) ?? 0) + amount),
      );
    }
  };

  const setNode = (node: Node) => {
    const allocatable = amountsOf(node.status?.allocatable ?? {});
    const known = usages.get(node.metadata.name);
    if (known) {
      known.node = node;
      known.allocatable = allocatable;
      return;
    }
    usages.set(node.metadata.name, { node, allocatable, used: new Map() });
    for (const pod of cluster.podsOnNode(node.metadata.name)) {
      release(pod.metadata.uid ?? '');
      hold(pod);
    }
  };

  cluster.list('nodes').forEach(setNode);

  return {
    nodes: () => [...usages.values()],
    setNode,
    removeNode: name => {
      usages.delete(name);
    },
    setPod: hold,
    removePod: pod => release(pod.metadata.uid ?? ''),
  };
}
