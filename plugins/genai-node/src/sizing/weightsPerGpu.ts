import { cacheLayersOf } from './cacheLayers';
import type { PlannedModel } from './PlannedModel';

/** Engines pad the odd widths of MXFP4 experts for their kernels. Measured: 13.5 and 13.7 GiB for 12.9, 64.4 for 60.8. */
const MXFP4_PADDING = 1.06;

/** Bytes of one element of a table of rotations, and of a layer that is not quantized. */
const ELEMENT_BYTES = 2;

/**
 * Bytes of weights on each GPU. Shared out are the matrices; whole on every GPU are norms, routers, the down projections of
 * latent attention and the table of rotations; key and value projections follow their heads, so that with more GPUs than KV
 * heads each GPU has one head's.
 */
export function weightsBytesPerGpu(
  model: PlannedModel,
  variant: { quantization: string; weightsBytes: number },
  tensorParallelSize: number,
  pipelineParallelSize: number,
): number {
  const bytes =
    variant.weightsBytes *
    (variant.quantization === 'mxfp4' ? MXFP4_PADDING : 1);
  const parts = model.weightParts;
  const perParameter = bytes / (parts?.total ?? model.parameterCount);
  const replicated =
    (parts?.replicated ?? catalogReplicated(model)) * perParameter;
  const keyValue = (parts?.keyValue ?? catalogKeyValue(model)) * perParameter;
  const heads = Math.min(
    ...cacheLayersOf(model)
      .filter(({ kind, replicated: whole }) => kind !== 'state' && !whole)
      .map(({ kvHeads }) => kvHeads),
  );
  const shareOfHeads = Number.isFinite(heads)
    ? Math.max(1 / tensorParallelSize, 1 / heads)
    : 1 / tensorParallelSize;
  return (
    ((bytes - replicated - keyValue) / tensorParallelSize +
      replicated +
      keyValue * shareOfHeads) /
      pipelineParallelSize +
    rotaryBytes(model)
  );
}

/** Parameters of the key and value projections, as far as the catalog tells. */
function catalogKeyValue(model: PlannedModel): number {
  return cacheLayersOf(model).reduce(
    (sum, { kind, layers, kvHeads, elementsPerHead, replicated }) =>
      kind === 'state' || replicated
        ? sum
        : sum + layers * kvHeads * elementsPerHead * model.hiddenSize,
    0,
  );
}

/** Parameters that every GPU has whole, as far as the catalog tells. */
function catalogReplicated({
  attention,
  experts,
  hiddenSize,
  layers,
}: PlannedModel): number {
  const router = experts
    ? (layers - (experts.denseLayers ?? 0)) * experts.count
    : 0;
  const down =
    attention.type === 'mla'
      ? layers *
        ((attention.qLoraRank ?? 0) +
          attention.kvLoraRank +
          attention.qkRopeHeadDim)
      : 0;
  return hiddenSize * (2 * layers + router + down);
}

/** Cosine and sine of every position, kept once for all layers: 32 MiB for 131,072 positions of 128 elements. */
function rotaryBytes({
  contextLength,
  rotaryDim,
  headDim,
}: PlannedModel): number {
  return contextLength * (rotaryDim ?? headDim) * ELEMENT_BYTES;
}
