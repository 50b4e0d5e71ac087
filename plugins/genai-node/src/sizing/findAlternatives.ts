import type { PlanCandidate } from '@promptside/backstage-plugin-genai-common';
import type { Ask, Attempt } from './Attempt';
import { attemptOn } from './attemptOn';
import { compareAttempts, runs } from './compareAttempts';
import type { HardwareShape } from './hardwareShapes';

const MOST = 8;

/** A context shorter than this is no alternative to anything. */
const SHORTEST_CONTEXT = 1024;

/**
 * Other ways to run it now, best first: as asked on other devices; then with other weights, with a KV cache in FP8, or with
 * a shorter context. The compromises are looked for only where what was asked does not simply fit.
 *
 * @param made - attempts of the plan itself, the choice first; none when there were no such devices
 */
export function findAlternatives(
  ask: Ask,
  shapes: readonly HardwareShape[],
  made: readonly Attempt[],
): PlanCandidate[] {
  const choice = made.at(0);
  const free = { ...ask, gpuCount: undefined, tensorParallelSize: undefined };
  const asFree =
    ask.gpuCount === undefined && ask.tensorParallelSize === undefined;
  const asAsked = shapes.map(
    shape =>
      (asFree && made.find(attempt => attempt.shape === shape)) ||
      attemptOn(free, shape),
  );
  const groups = [asAsked];
  const compromise = choice
    ? choice.candidate.verdict !== 'Fits'
    : !asAsked.some(runs);
  if (compromise) {
    groups.push(
      otherWeights(free).flatMap(other =>
        shapes.map(shape => attemptOn(other, shape)),
      ),
      free.kvCacheDtype === 'fp8'
        ? []
        : shapes
            .filter(({ product }) => product?.fp8)
            .map(shape => attemptOn({ ...free, kvCacheDtype: 'fp8' }, shape)),
      asAsked.flatMap(attempt => shorterContext(attempt)),
    );
  }
  const seen = new Set(choice ? [keyOf(choice)] : []);
  return groups
    .flatMap(group => group.filter(runs).sort(compareAttempts))
    .filter(attempt => {
      const key = keyOf(attempt);
      return !seen.has(key) && Boolean(seen.add(key));
    })
    .slice(0, MOST)
    .map(({ candidate }) => candidate);
}

function otherWeights(ask: Ask): Ask[] {
  return ask.model.variants
    .filter(variant => variant !== ask.variant)
    .map(variant => ({ ...ask, variant }));
}

/** The longest context that fits, in whole thousands of 1024 tokens, where the asked one does not. */
function shorterContext({ shape, ask, candidate }: Attempt): Attempt[] {
  const { memory } = candidate;
  if (!memory || candidate.verdict === 'Fits') return [];
  const longest =
    Math.floor(memory.longestContext / SHORTEST_CONTEXT) * SHORTEST_CONTEXT;
  // Half of what just fits leaves room beside it; both are tried, the longer one first.
  return [longest, Math.floor(longest / 2 / 1024) * 1024]
    .filter(length => length >= SHORTEST_CONTEXT && length < ask.contextLength)
    .map(contextLength => attemptOn({ ...ask, contextLength }, shape))
    .filter(runs)
    .slice(0, 1);
}

function keyOf({ candidate }: Attempt): string {
  return JSON.stringify([
    candidate.cluster,
    candidate.resource,
    candidate.sharing,
    candidate.product,
    candidate.gpuCount,
    candidate.tensorParallelSize,
    candidate.quantization,
    candidate.contextLength,
    candidate.kvCacheDtype,
  ]);
}
