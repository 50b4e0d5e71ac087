import type { Model } from '@promptside/backstage-plugin-genai-common';

/** KV head counts of a model; layers may differ. Latent attention has none that are shared out. */
function kvHeadCounts(model: Model): number[] {
  const { attention, kvHeads } = model;
  if (attention.type === 'mla') return [];
  if (attention.type !== 'sliding') return [kvHeads];
  return [
    attention.fullKvHeads ?? kvHeads,
    attention.slidingKvHeads ?? kvHeads,
  ];
}

/**
 * Why a model cannot be split over so many GPUs, or `undefined` when it can. Query heads must divide evenly; KV heads too,
 * or the GPUs must be a multiple of them so that heads are replicated evenly.
 */
export function tensorParallelProblem(
  model: Model,
  size: number,
): string | undefined {
  if (model.attentionHeads % size !== 0) {
    return `its ${model.attentionHeads} attention heads cannot be shared out among ${size} GPUs`;
  }
  const uneven = kvHeadCounts(model).find(heads =>
    heads >= size ? heads % size !== 0 : size % heads !== 0,
  );
  return uneven === undefined
    ? undefined
    : `its ${uneven} KV heads cannot be shared out among ${size} GPUs`;
}

/** Powers of two up to `most` that the model can be split over, smallest first. Other sizes are valid, but nobody tests them. */
export function tensorParallelSizes(model: Model, most: number): number[] {
  const sizes: number[] = [];
  for (let size = 1; size <= most; size *= 2) {
    if (!tensorParallelProblem(model, size)) sizes.push(size);
  }
  return sizes;
}
