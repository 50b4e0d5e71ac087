import type { Model } from '@promptside/backstage-plugin-genai-common';

/** vLLM hands out KV cache in blocks of so many tokens. */
export const BLOCK_TOKENS = 16;

/** How the KV cache of one sequence grows with its length. Bytes. */
export interface KvGrowth {
  /** A token in the layers that keep every token. */
  bytesPerToken: number;
  /** A token in the layers that keep only the window. */
  slidingBytesPerToken: number;
  /** tokens */
  window: number;
  /** A sequence of any length: state of layers without a KV cache. */
  fixedBytes: number;
}

/** Keys and values of `layers` layers for one token. */
function tokenBytes(
  layers: number,
  kvHeads: number,
  headDim: number,
  elementBytes: number,
): number {
  return 2 * layers * kvHeads * headDim * elementBytes;
}

/**
 * Growth of the cache on one GPU of `tensorParallelSize`. KV heads are shared out among the GPUs; with more GPUs than heads
 * each GPU keeps one head, and a latent cache (MLA) is kept whole by each GPU.
 */
export function kvGrowth(
  model: Model,
  tensorParallelSize: number,
  kvCacheDtype: 'auto' | 'fp8',
): KvGrowth {
  const { attention, layers, kvHeads, headDim } = model;
  const element = kvCacheDtype === 'fp8' ? 1 : 2;
  const share = (heads: number) => Math.max(1, heads / tensorParallelSize);
  const none = { slidingBytesPerToken: 0, window: 0, fixedBytes: 0 };
  switch (attention.type) {
    case 'mla':
      return {
        ...none,
        bytesPerToken:
          layers * (attention.kvLoraRank + attention.qkRopeHeadDim) * element,
      };
    case 'hybrid':
      return {
        ...none,
        bytesPerToken: tokenBytes(
          attention.fullLayers,
          share(kvHeads),
          headDim,
          element,
        ),
        fixedBytes: (attention.stateBytes ?? 0) / tensorParallelSize,
      };
    case 'sliding':
      return {
        bytesPerToken: tokenBytes(
          layers - attention.slidingLayers,
          share(attention.fullKvHeads ?? kvHeads),
          attention.fullHeadDim ?? headDim,
          element,
        ),
        slidingBytesPerToken: tokenBytes(
          attention.slidingLayers,
          share(attention.slidingKvHeads ?? kvHeads),
          attention.slidingHeadDim ?? headDim,
          element,
        ),
        window: attention.window,
        fixedBytes: 0,
      };
    default:
      return {
        ...none,
        bytesPerToken: tokenBytes(layers, share(kvHeads), headDim, element),
      };
  }
}

/** Bytes of one sequence of so many tokens. */
export function kvBytesAt(growth: KvGrowth, tokens: number): number {
  return (
    growth.bytesPerToken * tokens +
    growth.slidingBytesPerToken * Math.min(tokens, growth.window) +
    growth.fixedBytes
  );
}

/** Length of the longest single sequence for which the bytes suffice, in whole blocks; 0 when not even a block fits. */
export function longestSequence(growth: KvGrowth, bytes: number): number {
  const room = bytes - growth.fixedBytes;
  const inWindow = room / (growth.bytesPerToken + growth.slidingBytesPerToken);
  const tokens =
    inWindow <= growth.window || growth.bytesPerToken === 0
      ? inWindow
      : (room - growth.slidingBytesPerToken * growth.window) /
        growth.bytesPerToken;
  // Tokens, not bytes, are rounded: a block is a block in every layer.
  return Number.isFinite(tokens)
    ? Math.max(0, Math.floor(tokens / BLOCK_TOKENS) * BLOCK_TOKENS)
    : Number.MAX_SAFE_INTEGER;
}

/** The model as a whole: a token in all layers while the sequence is shorter than any window. */
export function kvBytesPerToken(
  model: Model,
  kvCacheDtype: 'auto' | 'fp8',
): number {
  const growth = kvGrowth(model, 1, kvCacheDtype);
  return growth.bytesPerToken + growth.slidingBytesPerToken;
}
