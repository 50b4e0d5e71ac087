import { Misfit } from './nodeFit';

/** Counts by reason, as text, in the scheduler's order: sorted as strings with the number in front. */
const countReasons = (reasons: string[]): string => {
  const counts = new Map<string, number>();
  reasons.forEach(reason => counts.set(reason, (counts.get(reason) ?? 0) + 1));
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
};

/**
 * The scheduler's sentence for a pod that fits on no node, with what preemption would bring.
 */
export function unschedulableMessage(
  misfits: Misfit[],
  preemptionPossible: boolean,
): string {
  const nodes = misfits.length;
  if (nodes === 0) {
    return 'no nodes available to schedule pods';
  }
  const reasons = countReasons(misfits.flatMap(misfit => misfit.reasons));
  const preemption = preemptionPossible
    ? `0/${nodes} nodes are available: ${countReasons(
        misfits.map(({ resolvable }) =>
          resolvable
            ? 'No preemption victims found for incoming pod'
            : 'Preemption is not helpful for scheduling',
        ),
      )}.`
    : 'not eligible due to preemptionPolicy=Never.';
  return `0/${nodes} nodes are available: ${reasons}. preemption: ${preemption}`;
}

/**
 * The sentence for a pod that is refused before any node is looked at, e.g. for a claim that does not exist.
 */
export function rejectedBeforeNodes(nodeCount: number, reason: string): string {
  return (
    `0/${nodeCount} nodes are available: ${reason}. preemption: ` +
    `0/${nodeCount} nodes are available: ${nodeCount} Preemption is not helpful for scheduling.`
  );
}
