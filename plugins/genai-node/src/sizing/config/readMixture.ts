import { count, list, neededCount, section, type Section } from './fields';

/** Experts of a model. */
export interface Mixture {
  /** Which layers are mixtures. */
  layers: number;
  experts: number;
  /** Experts a token is sent to. */
  perToken: number;
  /** Columns of one expert. */
  width: number;
  /** Columns of what every token goes through beside its experts, in each of these layers. */
  sharedWidth: number;
}

/**
 * The experts of a model; `undefined` when it has none.
 *
 * @throws InputError naming the field that is missing
 */
export function readMixture(
  text: Section,
  family: string | undefined,
  layers: number,
): Mixture | undefined {
  const nested = section(text, 'ffn_config');
  const experts =
    count(
      text,
      'num_local_experts',
      'n_routed_experts',
      'num_experts',
      'moe_num_experts',
    ) ??
    (nested && count(nested, 'moe_num_experts'));
  if (!experts || experts === 1) return undefined;
  const width =
    count(text, 'moe_intermediate_size', 'expert_ffn_hidden_size') ??
    (nested && count(nested, 'ffn_hidden_size')) ??
    neededCount(text, ['intermediate_size']);
  const perToken =
    count(
      text,
      'num_experts_per_tok',
      'num_experts_per_token',
      'moe_k',
      'moe_top_k',
      'top_k_experts',
    ) ??
    (nested && count(nested, 'moe_top_k')) ??
    1;
  return {
    experts,
    perToken,
    width,
    layers: mixtureLayers(text, layers),
    sharedWidth:
      count(
        text,
        'shared_expert_intermediate_size',
        'shared_intermediate_size',
      ) ??
      (family === 'llama4_text'
        ? width
        : (count(
            text,
            'n_shared_experts',
            'num_shared_experts',
            'moe_num_shared_experts',
          ) ?? 0) * width),
  };
}

function mixtureLayers(text: Section, layers: number): number {
  const named = list(text, 'moe_layers');
  if (named && named.length > 0) return named.length;
  const pattern = text.values.hybrid_override_pattern;
  if (typeof pattern === 'string') {
    return [...pattern].filter(character => character === 'E').length;
  }
  const dense =
    count(text, 'first_k_dense_replace', 'moe_layer_start_index') ??
    list(text, 'mlp_only_layers')?.length ??
    0;
  const every =
    count(
      text,
      'interleave_moe_layer_step',
      'expert_layer_period',
      'moe_layer_freq',
      'decoder_sparse_step',
      'moe_layer_interval',
    ) || 1;
  return Math.floor((layers - dense) / every);
}
