import type { Verdict } from '@promptside/backstage-plugin-genai-common';
import type { Attempt } from './Attempt';

const RANK: Readonly<Record<Verdict, number>> = {
  Fits: 0,
  Tight: 1,
  Unknown: 2,
  DoesNotFit: 3,
};

/**
 * Sorts the better attempt first. Verdict; then, of those that do not fit, whose memory would suffice; then the least memory
 * bound (the most, where even that does not suffice: it comes closest); then the kind with more free devices.
 */
export function compareAttempts(a: Attempt, b: Attempt): number {
  const verdict = RANK[a.candidate.verdict] - RANK[b.candidate.verdict];
  if (verdict !== 0) return verdict;
  if (a.memorySuffices !== b.memorySuffices) return a.memorySuffices ? -1 : 1;
  const cost = a.costBytes - b.costBytes;
  if (cost !== 0) return a.memorySuffices ? cost : -cost;
  return b.shape.freeCount - a.shape.freeCount;
}

/** It would run, now. */
export function runs({ candidate }: Attempt): boolean {
  return candidate.verdict === 'Fits' || candidate.verdict === 'Tight';
}
