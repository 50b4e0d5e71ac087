import { InputError } from '@backstage/errors';
import { defaultsOf } from './families';
import { count, flag, neededCount, section, type Section } from './fields';

/** Layers are walked one by one, so there must be a limit; ten times what the deepest model has. */
const MOST_LAYERS = 2000;

/** The counts that every decoder has. */
export interface Shape {
  layers: number;
  hiddenSize: number;
  heads: number;
  kvHeads: number;
  headDim: number;
  /** Columns of a dense MLP; absent where every layer is a mixture, or the file does not say. */
  intermediate?: number;
  vocabulary?: number;
}

/** Families whose configuration class makes the MLP four times as wide as the model when the file does not say. */
const FOUR_TIMES = new Set([
  'falcon',
  'gpt2',
  'gptj',
  'gpt_bigcode',
  'bloom',
  'mpt',
]);

/**
 * Reads the counts of the text part, under whatever name the family has for them.
 *
 * @throws InputError naming the field that is missing
 */
export function readShape(text: Section, family: string | undefined): Shape {
  const defaults = defaultsOf(family, text);
  const layers = neededCount(
    text,
    ['num_hidden_layers', 'n_layer', 'n_layers', 'num_layers'],
    defaults.num_hidden_layers,
  );
  if (layers > MOST_LAYERS) {
    throw new InputError(
      `${text.path}.num_hidden_layers must be at most ${MOST_LAYERS}, but is ${layers}`,
    );
  }
  const hiddenSize = neededCount(
    text,
    ['hidden_size', 'n_embd', 'd_model', 'dim'],
    defaults.hidden_size,
  );
  // Pure state space models have no attention heads to speak of; their own heads are what is shared out.
  const heads = neededCount(
    text,
    ['num_attention_heads', 'n_head', 'n_heads', 'num_heads'],
    defaults.num_attention_heads ??
      (/^mamba/.test(family ?? '') ? 1 : undefined),
  );
  const headDim =
    count(text, 'head_dim', 'kv_channels', 'attention_head_dim') ??
    defaults.head_dim ??
    Math.floor(hiddenSize / heads);
  return {
    layers,
    hiddenSize,
    heads,
    kvHeads: kvHeadsOf(text, family, heads),
    headDim,
    intermediate:
      count(
        text,
        'intermediate_size',
        'n_inner',
        'ffn_dim',
        'ffn_hidden_size',
      ) ??
      defaults.intermediate_size ??
      (FOUR_TIMES.has(family ?? '') ? 4 * hiddenSize : undefined),
    vocabulary:
      count(text, 'vocab_size', 'padded_vocab_size') ?? defaults.vocab_size,
  };
}

function kvHeadsOf(
  text: Section,
  family: string | undefined,
  heads: number,
): number {
  if (family === 'falcon' && !flag(text, 'new_decoder_architecture')) {
    return flag(text, 'multi_query') === false ? heads : 1;
  }
  if (family === 'gpt_bigcode' && flag(text, 'multi_query') !== false) return 1;
  if (family === 'chatglm') {
    return flag(text, 'multi_query_attention')
      ? neededCount(text, ['multi_query_group_num'])
      : heads;
  }
  const nested = section(text, 'attn_config');
  return (
    count(text, 'num_key_value_heads', 'num_kv_heads', 'n_head_kv') ??
    (nested && count(nested, 'kv_n_heads')) ??
    defaultsOf(family, text).num_key_value_heads ??
    heads
  );
}
