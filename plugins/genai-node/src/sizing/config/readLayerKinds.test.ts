import { readLayerKinds, windowOf } from './readLayerKinds';

const of = (
  family: string | undefined,
  values: Record<string, unknown>,
  layers: number,
) => readLayerKinds({ values, path: 'config' }, family, layers).join(' ');

describe('readLayerKinds', () => {
  it.each<[string, string | undefined, Record<string, unknown>, string]>([
    ['nothing else said', 'llama', {}, 'full full full full'],
    [
      'names of its own',
      'any',
      {
        layer_types: ['conv', 'full_attention', 'chunked_attention', 'hybrid'],
      },
      'state full chunk both',
    ],
    [
      'names under another field',
      'any',
      { layers_block_type: ['mamba', 'attention', 'mamba2', 'mamba'] },
      'state full state state',
    ],
    ['every other windowed', 'gemma2', {}, 'window full window full'],
    [
      'a pattern that is written as letters',
      'exaone4',
      { sliding_window: 128, sliding_window_pattern: 'LLLG' },
      'window window window full',
    ],
    [
      'a pattern and no window',
      'cohere2',
      { sliding_window: null, sliding_window_pattern: 4 },
      'full full full full',
    ],
    [
      'a full layer among four by default',
      'qwen3_next',
      {},
      'state state state full',
    ],
    [
      'an interval',
      'qwen3_5_text',
      { full_attention_interval: 2 },
      'state full state full',
    ],
    [
      'a period and an offset',
      'jamba',
      { attn_layer_period: 2, attn_layer_offset: 0 },
      'full state full state',
    ],
    [
      'attention at listed places',
      'bamba',
      { attn_layer_indices: [1] },
      'state full state state',
    ],
    [
      'attention beside Mamba',
      'zamba2',
      { hybrid_layer_ids: [3] },
      'state state state both',
    ],
    ['Mamba everywhere', 'zamba2', {}, 'state state state state'],
    [
      'a pattern of characters',
      'nemotron_h',
      { hybrid_override_pattern: 'M*-E' },
      'state full none none',
    ],
    ['both in each layer', 'falcon_h1', {}, 'both both both both'],
    [
      'places that begin with one',
      'kimi_linear',
      { linear_attn_config: { full_attn_layers: [4] } },
      'state state state full',
    ],
    ['no attention at all', 'mamba2', {}, 'state state state state'],
    [
      'chunks but for every other layer',
      'llama4_text',
      { no_rope_layer_interval: 2 },
      'chunk full chunk full',
    ],
    [
      'chunks where a list says so',
      'llama4_text',
      { no_rope_layers: [1, 0, 0, 1] },
      'chunk full full chunk',
    ],
    [
      'a window for all',
      'mistral',
      { sliding_window: 4096 },
      'window window window window',
    ],
    [
      'a window that is switched off',
      'mistral',
      { sliding_window: 4096, use_sliding_window: false },
      'full full full full',
    ],
    [
      'a window that engines ignore',
      'phi3',
      { sliding_window: 2047 },
      'full full full full',
    ],
    [
      'a window from a layer on',
      'qwen2',
      { sliding_window: 4096, use_sliding_window: true, max_window_layers: 2 },
      'full full window window',
    ],
    [
      'a window without its flag',
      'qwen2',
      { sliding_window: 4096 },
      'full full full full',
    ],
    [
      'a cache that the last layers share',
      'gemma2',
      { num_kv_shared_layers: 2 },
      'window full none none',
    ],
  ])('reads %s', (_, family, values, kinds) => {
    expect(of(family, values, 4)).toBe(kinds);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['any', { layer_types: ['full_attention'] }, /2 layers, but .* of 1/],
    ['any', { layer_types: ['x', 7] }, /config\.layer_types: .* layer "x"/],
    ['nemotron_h', { hybrid_override_pattern: 'M?' }, /layer "\?"/],
    ['nemotron_h', {}, /names the kind of 0/],
    ['bamba', {}, /does not say which of its layers have attention/],
    ['kimi_linear', {}, /does not say which of its layers have attention/],
  ])('refuses what it cannot follow: %s %j', (family, values, message) => {
    expect(() => of(family, values, 2)).toThrow(message);
  });

  it('takes a null for no window, whatever the family has', () => {
    const section = (values: Record<string, unknown>) => ({
      values,
      path: 'config',
    });
    expect(windowOf(section({ sliding_window: null }), 'gemma2')).toBe(
      undefined,
    );
    expect(windowOf(section({ sliding_window: 512 }), 'gemma2')).toBe(512);
  });
});
