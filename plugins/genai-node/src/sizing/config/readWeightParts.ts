import { InputError } from '@backstage/errors';
import type { WeightParts } from '../PlannedModel';
import { defaultsOf } from './families';
import { count, flag, neededCount, section, type Section } from './fields';
import { latentOf } from './readCacheLayers';
import { readLayerKinds } from './readLayerKinds';
import { readMixture, type Mixture } from './readMixture';
import type { Shape } from './readShape';

/** Families whose MLP has two matrices instead of three. */
const UNGATED =
  /^(gpt2|gpt_neox|gptj|gpt_bigcode|opt$|bloom|mpt|falcon$|phi$|starcoder2|nemotron|persimmon|bert|roberta|xlm-roberta)/;

/**
 * Parameters by what becomes of them. Exact to about a thousandth for the families that are known: biases and the scales of
 * norms are counted where they matter.
 *
 * @throws InputError naming the field that is missing
 */
export function readWeightParts(
  config: Section,
  text: Section,
  family: string | undefined,
  shape: Shape,
): WeightParts {
  const { hiddenSize, layers } = shape;
  if (!shape.vocabulary) {
    throw new InputError(`${text.path}.vocab_size is missing`);
  }
  const mixture = readMixture(text, family, layers);
  const kinds = readLayerKinds(text, family, layers);
  const ofKind = (...wanted: string[]) =>
    kinds.filter(kind => wanted.includes(kind)).length;
  // A layer that shares the cache of another has projections of its own nonetheless.
  const states = ofKind('state', 'both');
  const sharing = kinds.filter(kind => kind === 'none').length;
  const attending =
    family === 'nemotron_h' ? ofKind('full') : layers - ofKind('state');
  const attention = attentionParts(text, family, shape, {
    attending: attending - (family === 'nemotron_h' ? 0 : sharing),
    sharing: family === 'nemotron_h' ? 0 : sharing,
  });
  const state =
    states > 0 ? states * stateParameters(text, family, hiddenSize) : 0;
  const mlp = mlpParameters(text, family, shape, mixture);
  const router = mixture ? mixture.layers * mixture.experts * hiddenSize : 0;
  const experts = mixture
    ? mixture.layers *
      mixture.experts *
      matrices(family) *
      mixture.width *
      hiddenSize
    : 0;
  const norms = (/^gemma/.test(family ?? '') ? 4 : 2) * layers * hiddenSize;
  const tied =
    flag(text, 'tie_word_embeddings') ??
    flag(config, 'tie_word_embeddings') ??
    defaultsOf(family, text).tie_word_embeddings ??
    false;
  const tables =
    (tied ? 1 : 2) * shape.vocabulary * hiddenSize +
    perLayerTables(text, layers);
  const towers = towerParameters(config, hiddenSize);
  return {
    total:
      attention.total +
      state +
      mlp +
      experts +
      router +
      norms +
      tables +
      towers,
    kept: tables + norms + router + towers,
    experts,
    replicated: norms + router + attention.replicated,
    keyValue: attention.keyValue,
  };
}

const matrices = (family: string | undefined) =>
  UNGATED.test(family ?? '') ? 2 : 3;

function attentionParts(
  text: Section,
  family: string | undefined,
  shape: Shape,
  { attending, sharing }: { attending: number; sharing: number },
): { total: number; replicated: number; keyValue: number } {
  const { hiddenSize: hidden, heads, kvHeads, headDim } = shape;
  const latent = latentOf(text, family);
  if (latent) {
    const nope = neededCount(text, ['qk_nope_head_dim']);
    const value = neededCount(text, ['v_head_dim']);
    const queryRank = count(text, 'q_lora_rank') ?? 0;
    const query = heads * (nope + latent.rope);
    const down = hidden * queryRank + hidden * (latent.rank + latent.rope);
    const up =
      (queryRank || hidden) * query +
      latent.rank * heads * (nope + value) +
      heads * value * hidden;
    return {
      total: attending * (down + up),
      replicated: attending * down,
      keyValue: 0,
    };
  }
  // Gemma 4: other heads in the layers that see everything, whose values are their keys.
  const globalDim = count(text, 'global_head_dim');
  const fullLayers = globalDim
    ? readLayerKinds(text, family, shape.layers).filter(kind => kind === 'full')
        .length
    : 0;
  const gate = flag(text, 'attn_output_gate') ?? family === 'qwen3_next';
  const one = (dim: number, kv: number, keyValueMatrices: number) => ({
    query: (gate ? 3 : 2) * hidden * heads * dim,
    keyValue: keyValueMatrices * hidden * kv * dim,
  });
  const usual = one(headDim, kvHeads, 2);
  const full = one(
    globalDim ?? headDim,
    count(text, 'num_global_key_value_heads') || kvHeads,
    flag(text, 'attention_k_eq_v') ? 1 : 2,
  );
  const bias =
    (flag(text, 'attention_bias') ?? /^qwen2/.test(family ?? ''))
      ? heads * headDim + 2 * kvHeads * headDim
      : 0;
  const usualLayers = attending - fullLayers;
  const keyValue = usualLayers * usual.keyValue + fullLayers * full.keyValue;
  return {
    total:
      (usualLayers + sharing) * usual.query +
      fullLayers * full.query +
      keyValue +
      sharing * usual.keyValue +
      attending * bias,
    replicated: 0,
    keyValue,
  };
}

function mlpParameters(
  text: Section,
  family: string | undefined,
  { layers, hiddenSize, intermediate }: Shape,
  mixture: Mixture | undefined,
): number {
  const each = matrices(family) * hiddenSize;
  if (family === 'nemotron_h') {
    const pattern = String(text.values.hybrid_override_pattern ?? '');
    const dense = [...pattern].filter(character => character === '-').length;
    return (
      each *
      (dense * (intermediate ?? 0) +
        (mixture?.layers ?? 0) * (mixture?.sharedWidth ?? 0))
    );
  }
  if (/^mamba/.test(family ?? '')) return 0;
  // Gemma 4 has its dense MLP beside the experts, in every layer.
  const denseLayers =
    family === 'gemma4_text' ? layers : layers - (mixture?.layers ?? 0);
  if (denseLayers > 0 && !intermediate) {
    throw new InputError(`${text.path}.intermediate_size is missing`);
  }
  const width = count(text, 'intermediate_size_mlp') ?? intermediate ?? 0;
  return (
    each * denseLayers * width +
    each * (mixture ? mixture.layers * mixture.sharedWidth : 0)
  );
}

/** One layer of linear attention or of a state space model: what leads into it and out of it. */
function stateParameters(
  text: Section,
  family: string | undefined,
  hidden: number,
): number {
  if (/^qwen3/.test(family ?? '')) {
    const keys =
      neededCount(text, ['linear_num_key_heads']) *
      neededCount(text, ['linear_key_head_dim']);
    const heads = neededCount(text, ['linear_num_value_heads']);
    const values = heads * neededCount(text, ['linear_value_head_dim']);
    return hidden * (2 * keys + 2 * values + 2 * heads) + values * hidden;
  }
  const inner =
    (count(text, 'mamba_num_heads', 'mamba_n_heads', 'num_heads') ?? 0) *
      (count(text, 'mamba_head_dim', 'mamba_d_head', 'head_dim') ?? 0) ||
    (count(text, 'mamba_expand', 'expand') ?? 2) * hidden;
  const size =
    (count(text, 'n_groups', 'mamba_n_groups') ?? 1) *
    (count(text, 'ssm_state_size', 'mamba_d_state', 'state_size') ?? 16);
  return hidden * (2 * inner + 2 * size) + inner * hidden;
}

/** Gemma 3n and 4 have a table of tokens for each layer, and what leads in and out of it. */
function perLayerTables(text: Section, layers: number): number {
  const width = count(text, 'hidden_size_per_layer_input') ?? 0;
  const vocabulary = count(text, 'vocab_size_per_layer_input') ?? 0;
  return layers * width * vocabulary;
}

/** Towers for images and the projection behind them; about as many parameters as a plain vision transformer. */
function towerParameters(config: Section, hidden: number): number {
  const vision = section(config, 'vision_config');
  if (!vision) return 0;
  const width = count(vision, 'embed_dim', 'hidden_size', 'width') ?? 0;
  const layers =
    count(vision, 'num_hidden_layers', 'depth', 'layers', 'num_layers') ?? 0;
  const mlp = count(vision, 'intermediate_size') ?? 4 * width;
  const out = count(vision, 'out_hidden_size') ?? hidden;
  return layers * (4 * width * width + 2 * width * mlp) + width * out * 2;
}
