import { InputError } from '@backstage/errors';
import { count, neededCount, section, word, type Section } from './fields';

/** Bytes of an element: states are kept in the model's 16 bit unless the file says otherwise. */
function stateElementBytes(text: Section): number {
  const dtype =
    word(text, 'mamba_ssm_dtype') ?? word(text, 'mamba_ssm_cache_dtype');
  return dtype === 'float32' ? 4 : 2;
}

/**
 * Bytes that a layer without a KV cache keeps of a sequence: the last inputs of its convolution and its recurrent state, as
 * vLLM lays them out (`mamba_utils.py`).
 *
 * @throws InputError naming the field that is missing
 */
export function readStateBytes(
  text: Section,
  family: string | undefined,
  hiddenSize: number,
): number {
  const element = stateElementBytes(text);
  const state = (kernel: number, channels: number, recurrent: number) =>
    (kernel - 1) * channels * 2 + recurrent * element;
  switch (family) {
    case 'qwen3_next':
    case 'qwen3_5_text':
    case 'qwen3_5_moe_text': {
      const keys =
        neededCount(text, ['linear_num_key_heads']) *
        neededCount(text, ['linear_key_head_dim']);
      const values =
        neededCount(text, ['linear_num_value_heads']) *
        neededCount(text, ['linear_value_head_dim']);
      return state(
        count(text, 'linear_conv_kernel_dim') ?? 4,
        2 * keys + values,
        values * neededCount(text, ['linear_key_head_dim']),
      );
    }
    case 'kimi_linear': {
      const linear = section(text, 'linear_attn_config');
      if (!linear) {
        throw new InputError(`${text.path}.linear_attn_config is missing`);
      }
      const dim = neededCount(linear, ['head_dim']);
      const width = neededCount(linear, ['num_heads']) * dim;
      const kernel = count(linear, 'short_conv_kernel_size') ?? 4;
      // Three convolutions; the recurrent state is always in 32 bit.
      return (kernel - 1) * 3 * width * 2 + width * dim * 4;
    }
    case 'lfm2':
    case 'lfm2_moe':
      return state(count(text, 'conv_L_cache') ?? 3, hiddenSize, 0);
    case 'jamba':
    case 'mamba': {
      const inner =
        count(text, 'intermediate_size_mamba', 'd_inner') ??
        (count(text, 'mamba_expand', 'expand') ?? 2) * hiddenSize;
      return state(
        count(text, 'mamba_d_conv', 'conv_kernel') ?? 4,
        inner,
        inner * (count(text, 'mamba_d_state', 'state_size') ?? 16),
      );
    }
    default: {
      // Mamba 2 and its descendants.
      const heads = neededCount(text, [
        'mamba_num_heads',
        'mamba_n_heads',
        'n_mamba_heads',
        'num_heads',
      ]);
      const dim = neededCount(text, [
        'mamba_head_dim',
        'mamba_d_head',
        'mamba_headdim',
        'head_dim',
      ]);
      const size = neededCount(text, [
        'ssm_state_size',
        'mamba_d_state',
        'state_size',
      ]);
      const groups =
        count(text, 'n_groups', 'mamba_n_groups', 'mamba_ngroups') ?? 1;
      return state(
        count(text, 'conv_kernel', 'mamba_d_conv') ?? 4,
        heads * dim + 2 * groups * size,
        heads * dim * size,
      );
    }
  }
}
