import { cacheLayersOf, layerTokenBytes } from './cacheLayers';
import type { CacheLayers, PlannedModel } from './PlannedModel';

/** vLLM hands out KV cache in blocks of so many tokens. */
export const BLOCK_TOKENS = 16;

/** How engines are told to keep the cache. */
export type KvCacheDtype = 'auto' | 'fp8';

/** Bytes of one element of the cache: the model's 16 bit, or FP8. */
export function kvElementBytes(dtype: KvCacheDtype): number {
  return dtype === 'fp8' ? 1 : 2;
}

/** Tokens that such layers keep of a sequence of `tokens`. */
function keptTokens({ kind, window }: CacheLayers, tokens: number): number {
  return kind === 'full' ? tokens : Math.min(tokens, window ?? 0);
}

/** Bytes of one sequence of so many tokens in these layers, on one GPU. Nothing is rounded. */
export function sequenceBytes(
  layers: readonly CacheLayers[],
  tokens: number,
  tensorParallelSize: number,
  dtype: KvCacheDtype,
): number {
  const element = kvElementBytes(dtype);
  return layers.reduce(
    (sum, group) =>
      sum +
      group.layers *
        (keptTokens(group, tokens) *
          layerTokenBytes(group, tensorParallelSize, element) +
          (group.stateBytes ?? 0) / tensorParallelSize),
    0,
  );
}

/** The model as a whole: a token in all layers while the sequence is shorter than any window. */
export function kvBytesPerToken(
  model: PlannedModel,
  dtype: KvCacheDtype,
): number {
  const element = kvElementBytes(dtype);
  return cacheLayersOf(model).reduce(
    (sum, group) => sum + group.layers * layerTokenBytes(group, 1, element),
    0,
  );
}
