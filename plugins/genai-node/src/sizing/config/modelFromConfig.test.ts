import { CONFIGS } from '../__fixtures__/configs';
import { kvBytesPerToken } from '../kvCache';
import { modelFromConfig } from './modelFromConfig';

const GIB = 2 ** 30;
const KIB = 2 ** 10;
const read = (config: unknown, more = {}) =>
  modelFromConfig({ config, ...more });

describe('modelFromConfig', () => {
  // Counts as the model cards and the metadata of the safetensors have them, in thousand millions.
  it.each([
    ['llama8b', 8.03],
    ['llama70b', 70.554],
    ['qwen25_7b', 7.616],
    ['qwen25_32b', 32.764],
    ['qwen3_06b', 0.596],
    ['qwen3_32b', 32.762],
    ['qwen3_30b_a3b', 30.532],
    ['qwen3_235b_a22b', 235.094],
    ['mixtral', 46.703],
    ['gemma2_9b', 9.242],
    ['gemma3_4b', 4.3],
    ['gemma3_27b', 27.432],
    ['gptOss20b', 20.9],
    ['gptOss120b', 116.8],
    ['deepseekV3', 671.026],
  ] as const)('counts the parameters of %s', (name, billions) => {
    const { parameterCount } = read(CONFIGS[name]).model;
    expect(Math.abs(parameterCount / (billions * 1e9) - 1)).toBeLessThan(0.003);
  });

  // Bytes a token in 16 bit. DeepSeek-V3, Qwen2.5 72B and Llama 3.1 405B: table 1 of arXiv:2505.09343.
  it.each([
    [CONFIGS.llama8b, 128 * KIB],
    [CONFIGS.llama70b, 320 * KIB],
    [
      {
        ...CONFIGS.llama8b,
        hidden_size: 16384,
        num_hidden_layers: 126,
        num_attention_heads: 128,
      },
      516_096,
    ],
    [
      {
        ...CONFIGS.qwen25_7b,
        hidden_size: 8192,
        num_hidden_layers: 80,
        num_attention_heads: 64,
        num_key_value_heads: 8,
      },
      327_680,
    ],
    [CONFIGS.deepseekV3, 70_272],
    [CONFIGS.qwen25_7b, 56 * KIB],
    [CONFIGS.qwen3_30b_a3b, 96 * KIB],
    [CONFIGS.gemma3_4b, 136 * KIB],
    [CONFIGS.gemma3_27b, 496 * KIB],
    [CONFIGS.gptOss20b, 48 * KIB],
    [CONFIGS.qwen35_27b, 64 * KIB],
    // One KV head for 71 query heads.
    [CONFIGS.falcon7b, 2 * 32 * 64 * 2],
  ])('knows what a token costs %#', (config, bytes) => {
    expect(kvBytesPerToken(read(config).model, 'auto')).toBe(bytes);
    expect(kvBytesPerToken(read(config).model, 'fp8')).toBe(bytes / 2);
  });

  it.each([
    ['gemma2_9b', { full: 21, window: 21 }],
    ['gemma3_27b', { full: 10, window: 52 }],
    ['gemma4_31b', { full: 10, window: 50 }],
    // Its last 15 layers read the cache of earlier ones.
    ['gemma3n_e4b', { full: 4, window: 16 }],
    ['gptOss20b', { full: 12, window: 12 }],
    ['mistral7bV01', { window: 32 }],
    ['llama4Scout', { full: 12, chunk: 36 }],
    ['qwen35_27b', { full: 16, state: 48 }],
    ['qwen25_7b', { full: 28 }],
  ] as const)('divides the layers of %s by what they keep', (name, kinds) => {
    const { cacheLayers } = read(CONFIGS[name]).model;
    expect(
      Object.fromEntries(
        cacheLayers!.map(({ kind, layers }) => [kind, layers]),
      ),
    ).toEqual(kinds);
  });

  it('reads the heads of Gemma 4 by kind of layer', () => {
    expect(read(CONFIGS.gemma4_31b).model.cacheLayers).toMatchObject([
      { kind: 'full', kvHeads: 4, elementsPerHead: 1024 },
      { kind: 'window', kvHeads: 16, elementsPerHead: 512, window: 1024 },
    ]);
  });

  it('keeps a state of 3.06 MiB a layer for Qwen3.5 27B, in 32 bit as its file says', () => {
    // 48 heads of 128 x 128 in 4 bytes; three inputs of 10,240 channels in 2 bytes.
    const state = 48 * 128 * 128 * 4 + 3 * (2 * 16 * 128 + 48 * 128) * 2;
    expect(read(CONFIGS.qwen35_27b).model.cacheLayers?.[1].stateBytes).toBe(
      state,
    );
  });

  // GiB that vLLM's "Model loading took" or the index of the safetensors has.
  it.each([
    ['llama8b', {}, 14.96],
    ['qwen25_7b', {}, 14.19],
    ['gemma3_27b', {}, 51.1],
    ['llama70bFp8', {}, 67.7],
    ['gptOss20b', {}, 12.9],
    ['gptOss120b', {}, 60.8],
    ['llama8b', { quantization: 'fp8' }, 8.46],
    ['llama70b', { quantization: 'awq' }, 37.06],
  ] as const)('derives the weights of %s %o', (name, more, gib) => {
    const { weightsBytes } = read(CONFIGS[name], more).variant;
    expect(Math.abs(weightsBytes / GIB / gib - 1)).toBeLessThan(0.015);
  });

  it('takes given bytes as they are', () => {
    expect(
      read(CONFIGS.llama8b, { weightsBytes: 16_060_522_496 }).variant,
    ).toEqual({ quantization: 'none', weightsBytes: 16_060_522_496 });
    expect(
      read(CONFIGS.llama8b, { weightsBytes: 5.7e9, quantization: 'awq' })
        .variant,
    ).toEqual({ quantization: 'awq', weightsBytes: 5.7e9 });
  });

  it('shrinks 16-bit files that the engine quantizes while it loads them', () => {
    const { weightsBytes } = read(CONFIGS.llama8b, {
      weightsBytes: 16_060_522_496,
      quantization: 'fp8',
    }).variant;
    expect(weightsBytes / GIB).toBeCloseTo(8.46, 1);
  });

  it('stretches the context where a scaling says so, and not twice', () => {
    const context = (config: object) => read(config).model.contextLength;
    expect(context(CONFIGS.llama8b)).toBe(131072);
    expect(context(CONFIGS.gptOss20b)).toBe(131072);
    expect(context(CONFIGS.gemma3_27b)).toBe(131072);
    expect(
      context({
        ...CONFIGS.qwen3_32b,
        rope_scaling: {
          rope_type: 'yarn',
          factor: 4,
          original_max_position_embeddings: 32768,
        },
      }),
    ).toBe(131072);
  });

  it.each([
    [[], 'config must be an object'],
    [{}, 'config.num_hidden_layers is missing'],
    [
      { ...CONFIGS.qwen3_32b, hidden_size: undefined },
      'config.hidden_size is missing',
    ],
    [
      { ...CONFIGS.qwen3_32b, num_hidden_layers: '64' },
      'config.num_hidden_layers must be a whole number, but is "64"',
    ],
    [
      {
        model_type: 'gemma3',
        text_config: {
          ...CONFIGS.gemma3_27b.text_config,
          num_hidden_layers: null,
        },
      },
      'config.text_config.num_hidden_layers is missing',
    ],
    [
      { ...CONFIGS.deepseekV3, qk_rope_head_dim: undefined },
      'config.qk_rope_head_dim is missing',
    ],
    [
      { ...CONFIGS.qwen3_32b, max_position_embeddings: null },
      'config.max_position_embeddings is missing',
    ],
    [
      { ...CONFIGS.qwen3_32b, intermediate_size: undefined },
      'weightsBytes is missing and cannot be derived: config.intermediate_size is missing',
    ],
    [
      { ...CONFIGS.qwen3_32b, num_hidden_layers: 1_000_000 },
      'config.num_hidden_layers must be at most 2000, but is 1000000',
    ],
    [
      { ...CONFIGS.qwen3_32b, head_dim: 1e300 },
      'config.head_dim must be a whole number, but is 1e+300',
    ],
    [
      { ...CONFIGS.qwen3_32b, layer_types: ['full_attention'] },
      'config has 64 layers, but names the kind of 1',
    ],
    [
      {
        ...CONFIGS.qwen3_32b,
        num_hidden_layers: 1,
        layer_types: ['retention'],
      },
      'config.layer_types: nothing is known of a layer "retention"',
    ],
    [
      { ...CONFIGS.qwen3_32b, quantization_config: { quant_method: 'magic' } },
      'config.quantization_config.quant_method "magic" is not known',
    ],
  ])('names the field that is wrong %#', (config, message) => {
    expect(() => read(config)).toThrow(message);
  });

  it('refuses to load weights as what they are not', () => {
    expect(() => read(CONFIGS.llama70bFp8, { quantization: 'awq' })).toThrow(
      'quantization is awq, but the configuration says that the weights are fp8',
    );
    expect(() => read(CONFIGS.llama8b, { quantization: 'gguf' })).toThrow(
      'weightsBytes is missing',
    );
  });

  it('does not pass off a family that it does not know', () => {
    const stranger = { ...CONFIGS.llama8b, model_type: 'brandnew' };
    expect(read(stranger).model.architectureKnown).toBe(false);
    expect(read(CONFIGS.llama8b).model.architectureKnown).toBe(true);
    for (const architecture of ['LlamaForCausalLM', 'DeepseekV3ForCausalLM']) {
      const { architectureKnown } = read({
        ...CONFIGS.llama8b,
        model_type: undefined,
        architectures: [architecture],
      }).model;
      expect(architectureKnown).toBe(true);
    }
  });
});
