import {
  Node,
  NodeSelectorRequirement,
  Pod,
  Taint,
  Toleration,
} from '../kubeTypes';
import { Amounts } from '../podResources';

/** What a node offers and what its pods already hold, in base units. */
export interface NodeUsage {
  node: Node;
  allocatable: Amounts;
  used: Amounts;
}

/** Why a node is out, and whether evicting others could change that. */
export interface Misfit {
  reasons: string[];
  resolvable: boolean;
}

const tolerates = (toleration: Toleration, taint: Taint): boolean =>
  (!toleration.effect || toleration.effect === taint.effect) &&
  (!toleration.key || toleration.key === taint.key) &&
  (toleration.operator === 'Exists' ||
    (toleration.key !== undefined &&
      (toleration.value ?? '') === (taint.value ?? '')));

/** The first taint that keeps pods with these tolerations away, among the given effects. */
export function untoleratedTaint(
  taints: Taint[] | undefined,
  tolerations: Toleration[] | undefined,
  effects: readonly string[] = ['NoSchedule', 'NoExecute'],
): Taint | undefined {
  return taints?.find(
    taint =>
      effects.includes(taint.effect) &&
      !tolerations?.some(toleration => tolerates(toleration, taint)),
  );
}

const meets = (
  { key, operator, values = [] }: NodeSelectorRequirement,
  fields: Record<string, string>,
): boolean => {
  const value: string | undefined = fields[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
    case 'Lt': {
      // Both sides must be integers, as in the scheduler; anything else never matches.
      const integer = /^-?\d+$/;
      if (
        value === undefined ||
        !integer.test(value) ||
        !integer.test(values[0])
      ) {
        return false;
      }
      return operator === 'Gt'
        ? Number(value) > Number(values[0])
        : Number(value) < Number(values[0]);
    }
    default:
      return false;
  }
};

/** Whether a node carries what `nodeSelector` and the required node affinity ask for. */
export function matchesNodeAffinity(spec: Pod['spec'], node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  const selected = Object.entries(spec.nodeSelector ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
  const required =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return (
    selected &&
    (!required ||
      required.nodeSelectorTerms.some(term => {
        const expressions = term.matchExpressions ?? [];
        const fields = term.matchFields ?? [];
        // A term without requirements matches nothing.
        return (
          expressions.length + fields.length > 0 &&
          expressions.every(requirement => meets(requirement, labels)) &&
          fields.every(requirement =>
            meets(requirement, { 'metadata.name': node.metadata.name }),
          )
        );
      }))
  );
}

/**
 * Why a pod cannot run on a node, in the words of the scheduler's plugins; `undefined` when it can. As in the real one
 * the first plugin that objects is the one that is quoted: unschedulable, taints, affinity, resources.
 */
export function findMisfit(
  pod: Pod,
  requests: Amounts,
  { node, allocatable, used }: NodeUsage,
): Misfit | undefined {
  if (node.spec.unschedulable) {
    return { reasons: ['node(s) were unschedulable'], resolvable: false };
  }
  const taint = untoleratedTaint(node.spec.taints, pod.spec.tolerations);
  if (taint) {
    return {
      reasons: [
        `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`,
      ],
      resolvable: false,
    };
  }
  if (!matchesNodeAffinity(pod.spec, node)) {
    return {
      reasons: ["node(s) didn't match Pod's node affinity/selector"],
      resolvable: false,
    };
  }
  const reasons: string[] = [];
  let resolvable = true;
  for (const [name, amount] of requests) {
    const total = allocatable.get(name) ?? 0;
    if (amount > 0 && amount > total - (used.get(name) ?? 0)) {
      reasons.push(name === 'pods' ? 'Too many pods' : `Insufficient ${name}`);
      // More than the whole node has: nobody's eviction helps.
      resolvable &&= amount <= total;
    }
  }
  return reasons.length > 0 ? { reasons, resolvable } : undefined;
}

/**
 * How well a pod fits: the mean share of cpu and memory left free, as the scheduler's LeastAllocated strategy scores it.
 */
export function scoreNode(
  requests: Amounts,
  { allocatable, used }: NodeUsage,
): number {
  const shares = ['cpu', 'memory'].map(name => {
    const total = allocatable.get(name) ?? 0;
    const wanted = (used.get(name) ?? 0) + (requests.get(name) ?? 0);
    return total > 0 ? Math.max(0, total - wanted) / total : 0;
  });
  return (shares[0] + shares[1]) / 2;
}
