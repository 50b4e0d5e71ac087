import { cacheLayersOf } from './cacheLayers';
import type { PlannedModel } from './PlannedModel';

/** KV head counts of a model; layers may differ. Latent attention and states have none that are shared out. */
function kvHeadCounts(model: PlannedModel): number[] {
  return cacheLayersOf(model)
    .filter(({ kind, replicated }) => kind !== 'state' && !replicated)
    .map(({ kvHeads }) => kvHeads);
}

/**
 * Why a model cannot be split over so many GPUs, or `undefined` when it can. Query heads must divide evenly; KV heads too,
 * or the GPUs must be a multiple of them so that heads are replicated evenly. Groups of quantized weights must stay whole.
 */
export function tensorParallelProblem(
  model: PlannedModel,
  size: number,
): string | undefined {
  if (model.attentionHeads % size !== 0) {
    return `its ${model.attentionHeads} attention heads cannot be shared out among ${size} GPUs`;
  }
  const uneven = kvHeadCounts(model).find(heads =>
    heads >= size ? heads % size !== 0 : size % heads !== 0,
  );
  if (uneven !== undefined) {
    return `its ${uneven} KV heads cannot be shared out among ${size} GPUs`;
  }
  const groups = model.weightGroups;
  const cut = groups?.columns.find(
    columns => size > 1 && columns % (size * groups.size) !== 0,
  );
  return cut === undefined
    ? undefined
    : `${cut} columns on ${size} GPUs are ${cut / size} each, which the groups of ${groups!.size} of its quantized weights do not divide`;
}

/** Powers of two up to `most` that the model can be split over, smallest first. Other sizes are valid, but nobody tests them. */
export function tensorParallelSizes(
  model: PlannedModel,
  most: number,
): number[] {
  const sizes: number[] = [];
  for (let size = 1; size <= most; size *= 2) {
    if (!tensorParallelProblem(model, size)) sizes.push(size);
  }
  return sizes;
}
