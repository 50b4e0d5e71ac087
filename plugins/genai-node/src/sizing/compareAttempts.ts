import type { Verdict } from '@promptside/backstage-plugin-genai-common';
import type { Attempt } from './Attempt';

const RANK: Readonly<Record<Verdict, number>> = {
  Fits: 0,
  Tight: 1,
  Unknown: 2,
  DoesNotFit: 3,
};

/**
 * Sorts the better attempt first. Verdict; then, of those that do not fit, what came closest: the engine runs there, then the
 * memory would suffice. Of equals, where the engine is more at home, the least memory bound (the most, where even that does
 * not suffice), and the kind with more free devices.
 */
export function compareAttempts(a: Attempt, b: Attempt): number {
  const verdict = RANK[a.candidate.verdict] - RANK[b.candidate.verdict];
  if (verdict !== 0) return verdict;
  if (a.engineRuns !== b.engineRuns) return a.engineRuns ? -1 : 1;
  const standing = a.standing - b.standing;
  // Nobody means devices that the engine refuses: of those, the ones that it is made for.
  if (!a.engineRuns && standing !== 0) return standing;
  if (a.memorySuffices !== b.memorySuffices) return a.memorySuffices ? -1 : 1;
  const cost = a.costBytes - b.costBytes;
  const free = b.shape.freeCount - a.shape.freeCount;
  return a.memorySuffices
    ? standing || cost || free
    : -cost || standing || free;
}

/** It would run, now. */
export function runs({ candidate }: Attempt): boolean {
  return candidate.verdict === 'Fits' || candidate.verdict === 'Tight';
}
