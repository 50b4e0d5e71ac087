import type { CacheLayers } from '../PlannedModel';
import { count, neededCount, type Section } from './fields';
import { readLayerKinds, windowOf, type LayerKind } from './readLayerKinds';
import type { Shape } from './readShape';
import { readStateBytes } from './readState';

/** Engines that know the family compute its attention from the latent vector; this one they expand to heads. */
const EXPANDED = new Set(['minicpm3']);

/** Rank of the latent vector and width of its rotary part; `undefined` where attention is not latent. */
export function latentOf(
  text: Section,
  family: string | undefined,
): { rank: number; rope: number } | undefined {
  const rank = count(text, 'kv_lora_rank');
  if (!rank || EXPANDED.has(family ?? '')) return undefined;
  return { rank, rope: neededCount(text, ['qk_rope_head_dim']) };
}

/**
 * What the layers of the model keep of a sequence, those of one kind together.
 *
 * @throws InputError naming the field that is missing or contradicts
 */
export function readCacheLayers(
  text: Section,
  family: string | undefined,
  shape: Shape,
): CacheLayers[] {
  const kinds = readLayerKinds(text, family, shape.layers);
  const counted = (...wanted: readonly LayerKind[]) =>
    kinds.filter(kind => wanted.includes(kind)).length;
  const groups: CacheLayers[] = [];
  const full = counted('full', 'both');
  if (full > 0)
    groups.push({ ...fullLayers(text, family, shape), layers: full });
  const windowed = counted('window');
  if (windowed > 0) {
    groups.push({
      ...attention(shape.kvHeads, shape.headDim),
      kind: 'window',
      layers: windowed,
      window: windowOf(text, family) ?? neededCount(text, ['sliding_window']),
    });
  }
  const chunked = counted('chunk');
  if (chunked > 0) {
    groups.push({
      ...attention(shape.kvHeads, shape.headDim),
      kind: 'chunk',
      layers: chunked,
      window: neededCount(text, ['attention_chunk_size'], 8192),
    });
  }
  const states = counted('state', 'both');
  if (states > 0) {
    groups.push({
      kind: 'state',
      layers: states,
      kvHeads: 1,
      elementsPerHead: 0,
      stateBytes: readStateBytes(text, family, shape.hiddenSize),
    });
  }
  return groups;
}

function attention(kvHeads: number, headDim: number) {
  return { kvHeads, elementsPerHead: 2 * headDim };
}

function fullLayers(
  text: Section,
  family: string | undefined,
  { kvHeads, headDim }: Shape,
): Omit<CacheLayers, 'layers'> {
  const latent = latentOf(text, family);
  if (latent) {
    return {
      kind: 'full',
      kvHeads: 1,
      elementsPerHead: latent.rank + latent.rope,
      replicated: true,
    };
  }
  // Gemma 4: the layers that see everything have heads of another number and size.
  return {
    kind: 'full',
    ...attention(
      count(text, 'num_global_key_value_heads') || kvHeads,
      count(text, 'global_head_dim') || headDim,
    ),
  };
}
