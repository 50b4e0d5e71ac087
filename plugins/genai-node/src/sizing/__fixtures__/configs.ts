/**
 * Configurations as the hub has them, cut down to the fields that decide sizes. Source of each: `config.json` of the
 * repository named in the comment.
 */
const llama = (
  hidden: number,
  intermediate: number,
  layers: number,
  heads: number,
) => ({
  model_type: 'llama',
  architectures: ['LlamaForCausalLM'],
  hidden_size: hidden,
  intermediate_size: intermediate,
  num_hidden_layers: layers,
  num_attention_heads: heads,
  num_key_value_heads: 8,
  vocab_size: 128256,
  max_position_embeddings: 131072,
  rope_scaling: {
    factor: 8,
    original_max_position_embeddings: 8192,
    rope_type: 'llama3',
  },
  tie_word_embeddings: false,
  torch_dtype: 'bfloat16',
});

const gptOss = (layers: number, experts: number) => ({
  model_type: 'gpt_oss',
  hidden_size: 2880,
  intermediate_size: 2880,
  num_hidden_layers: layers,
  num_attention_heads: 64,
  num_key_value_heads: 8,
  head_dim: 64,
  num_local_experts: experts,
  num_experts_per_tok: 4,
  vocab_size: 201088,
  sliding_window: 128,
  max_position_embeddings: 131072,
  rope_scaling: {
    factor: 32,
    original_max_position_embeddings: 4096,
    rope_type: 'yarn',
  },
  tie_word_embeddings: false,
  quantization_config: { quant_method: 'mxfp4' },
});

const qwen3 = (hidden: number, intermediate: number, layers: number) => ({
  model_type: 'qwen3',
  hidden_size: hidden,
  intermediate_size: intermediate,
  num_hidden_layers: layers,
  num_key_value_heads: 8,
  head_dim: 128,
  vocab_size: 151936,
  max_position_embeddings: 40960,
  use_sliding_window: false,
  sliding_window: null,
  max_window_layers: layers,
});

const qwen3Next = (valueHeads: number, kvHeads: number, hidden: number) => ({
  hidden_size: hidden,
  num_key_value_heads: kvHeads,
  head_dim: 256,
  full_attention_interval: 4,
  linear_conv_kernel_dim: 4,
  linear_key_head_dim: 128,
  linear_num_key_heads: 16,
  linear_num_value_heads: valueHeads,
  linear_value_head_dim: 128,
  mamba_ssm_dtype: 'float32',
  attn_output_gate: true,
  vocab_size: 248320,
  max_position_embeddings: 262144,
});

export const CONFIGS = {
  /** meta-llama/Llama-3.1-8B-Instruct */
  llama8b: llama(4096, 14336, 32, 32),
  /** meta-llama/Llama-3.3-70B-Instruct */
  llama70b: llama(8192, 28672, 80, 64),
  /** RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic */
  llama70bFp8: {
    ...llama(8192, 28672, 80, 64),
    quantization_config: {
      quant_method: 'compressed-tensors',
      format: 'float-quantized',
      config_groups: { group_0: { weights: { num_bits: 8, type: 'float' } } },
    },
  },
  /** Qwen/Qwen2.5-7B-Instruct */
  qwen25_7b: {
    model_type: 'qwen2',
    hidden_size: 3584,
    intermediate_size: 18944,
    num_hidden_layers: 28,
    num_attention_heads: 28,
    num_key_value_heads: 4,
    vocab_size: 152064,
    max_position_embeddings: 32768,
    use_sliding_window: false,
    sliding_window: 131072,
    max_window_layers: 28,
    tie_word_embeddings: false,
  },
  /** Qwen/Qwen2-VL-7B-Instruct */
  qwen2Vl7b: {
    model_type: 'qwen2_vl',
    hidden_size: 3584,
    intermediate_size: 18944,
    num_hidden_layers: 28,
    num_attention_heads: 28,
    num_key_value_heads: 4,
    vocab_size: 152064,
    max_position_embeddings: 32768,
    use_sliding_window: false,
    sliding_window: 32768,
    tie_word_embeddings: false,
    vision_config: {
      depth: 32,
      embed_dim: 1280,
      hidden_size: 3584,
      mlp_ratio: 4,
    },
  },
  /** Qwen/Qwen2.5-32B-Instruct */
  qwen25_32b: {
    model_type: 'qwen2',
    hidden_size: 5120,
    intermediate_size: 27648,
    num_hidden_layers: 64,
    num_attention_heads: 40,
    num_key_value_heads: 8,
    vocab_size: 152064,
    max_position_embeddings: 32768,
    use_sliding_window: false,
    tie_word_embeddings: false,
  },
  /** Qwen/Qwen3-0.6B */
  qwen3_06b: {
    ...qwen3(1024, 3072, 28),
    num_attention_heads: 16,
    tie_word_embeddings: true,
  },
  /** Qwen/Qwen3-32B */
  qwen3_32b: {
    ...qwen3(5120, 25600, 64),
    num_attention_heads: 64,
    tie_word_embeddings: false,
  },
  /** Qwen/Qwen3-30B-A3B */
  qwen3_30b_a3b: {
    ...qwen3(2048, 6144, 48),
    model_type: 'qwen3_moe',
    num_attention_heads: 32,
    num_key_value_heads: 4,
    moe_intermediate_size: 768,
    num_experts: 128,
    num_experts_per_tok: 8,
    decoder_sparse_step: 1,
    mlp_only_layers: [],
    tie_word_embeddings: false,
  },
  /** Qwen/Qwen3-235B-A22B */
  qwen3_235b_a22b: {
    ...qwen3(4096, 12288, 94),
    model_type: 'qwen3_moe',
    num_attention_heads: 64,
    num_key_value_heads: 4,
    moe_intermediate_size: 1536,
    num_experts: 128,
    num_experts_per_tok: 8,
    tie_word_embeddings: false,
  },
  /** Qwen/Qwen3.5-27B; its text part */
  qwen35_27b: {
    model_type: 'qwen3_5',
    text_config: {
      ...qwen3Next(48, 4, 5120),
      model_type: 'qwen3_5_text',
      intermediate_size: 17408,
      num_hidden_layers: 64,
      num_attention_heads: 24,
    },
  },
  /** Qwen/Qwen3.6-35B-A3B; its text part */
  qwen36_35b_a3b: {
    model_type: 'qwen3_5_moe',
    text_config: {
      ...qwen3Next(32, 2, 2048),
      model_type: 'qwen3_5_moe_text',
      num_hidden_layers: 40,
      num_attention_heads: 16,
      num_experts: 256,
      num_experts_per_tok: 8,
      moe_intermediate_size: 512,
      shared_expert_intermediate_size: 512,
    },
  },
  /** mistralai/Mixtral-8x7B-Instruct-v0.1 */
  mixtral: {
    model_type: 'mixtral',
    hidden_size: 4096,
    intermediate_size: 14336,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    num_local_experts: 8,
    num_experts_per_tok: 2,
    vocab_size: 32000,
    max_position_embeddings: 32768,
    sliding_window: null,
    tie_word_embeddings: false,
  },
  /** mistralai/Mistral-7B-v0.1 */
  mistral7bV01: {
    model_type: 'mistral',
    hidden_size: 4096,
    intermediate_size: 14336,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    vocab_size: 32000,
    max_position_embeddings: 32768,
    sliding_window: 4096,
    tie_word_embeddings: false,
  },
  /** google/gemma-2-9b-it */
  gemma2_9b: {
    model_type: 'gemma2',
    hidden_size: 3584,
    intermediate_size: 14336,
    num_hidden_layers: 42,
    num_attention_heads: 16,
    num_key_value_heads: 8,
    head_dim: 256,
    vocab_size: 256000,
    sliding_window: 4096,
    max_position_embeddings: 8192,
  },
  /** google/gemma-3-4b-it: nearly everything is left to the defaults */
  gemma3_4b: {
    model_type: 'gemma3',
    text_config: {
      hidden_size: 2560,
      intermediate_size: 10240,
      model_type: 'gemma3_text',
      num_hidden_layers: 34,
      rope_scaling: { factor: 8, rope_type: 'linear' },
      sliding_window: 1024,
    },
    vision_config: {
      hidden_size: 1152,
      intermediate_size: 4304,
      num_hidden_layers: 27,
    },
  },
  /** google/gemma-3-27b-it */
  gemma3_27b: {
    model_type: 'gemma3',
    text_config: {
      hidden_size: 5376,
      intermediate_size: 21504,
      model_type: 'gemma3_text',
      num_attention_heads: 32,
      num_key_value_heads: 16,
      head_dim: 128,
      num_hidden_layers: 62,
      rope_scaling: { factor: 8, rope_type: 'linear' },
      sliding_window: 1024,
    },
    vision_config: {
      hidden_size: 1152,
      intermediate_size: 4304,
      num_hidden_layers: 27,
    },
  },
  /** google/gemma-4-31B-it; its text part */
  gemma4_31b: {
    model_type: 'gemma4',
    text_config: {
      model_type: 'gemma4_text',
      hidden_size: 5376,
      intermediate_size: 21504,
      num_hidden_layers: 60,
      num_attention_heads: 32,
      num_key_value_heads: 16,
      num_global_key_value_heads: 4,
      head_dim: 256,
      global_head_dim: 512,
      attention_k_eq_v: true,
      sliding_window: 1024,
      num_kv_shared_layers: 0,
      vocab_size: 262144,
      max_position_embeddings: 262144,
      layer_types: Array.from({ length: 60 }, (_, index) =>
        (index + 1) % 6 === 0 ? 'full_attention' : 'sliding_attention',
      ),
    },
  },
  /** google/gemma-3n-E4B-it; its text part */
  gemma3n_e4b: {
    model_type: 'gemma3n',
    text_config: {
      model_type: 'gemma3n_text',
      hidden_size: 2048,
      intermediate_size: 16384,
      num_hidden_layers: 35,
      num_attention_heads: 8,
      num_key_value_heads: 2,
      head_dim: 256,
      sliding_window: 512,
      num_kv_shared_layers: 15,
      vocab_size: 262400,
    },
  },
  /** openai/gpt-oss-20b */
  gptOss20b: gptOss(24, 32),
  /** openai/gpt-oss-120b */
  gptOss120b: gptOss(36, 128),
  /** meta-llama/Llama-4-Scout-17B-16E-Instruct; its text part */
  llama4Scout: {
    model_type: 'llama4',
    text_config: {
      model_type: 'llama4_text',
      hidden_size: 5120,
      intermediate_size: 8192,
      intermediate_size_mlp: 16384,
      num_hidden_layers: 48,
      num_attention_heads: 40,
      num_key_value_heads: 8,
      head_dim: 128,
      num_local_experts: 16,
      num_experts_per_tok: 1,
      interleave_moe_layer_step: 1,
      attention_chunk_size: 8192,
      vocab_size: 202048,
      max_position_embeddings: 10485760,
    },
  },
  /** deepseek-ai/DeepSeek-V3 */
  deepseekV3: {
    model_type: 'deepseek_v3',
    hidden_size: 7168,
    intermediate_size: 18432,
    moe_intermediate_size: 2048,
    n_routed_experts: 256,
    n_shared_experts: 1,
    num_experts_per_tok: 8,
    first_k_dense_replace: 3,
    moe_layer_freq: 1,
    num_hidden_layers: 61,
    num_attention_heads: 128,
    num_key_value_heads: 128,
    kv_lora_rank: 512,
    q_lora_rank: 1536,
    qk_nope_head_dim: 128,
    qk_rope_head_dim: 64,
    v_head_dim: 128,
    vocab_size: 129280,
    max_position_embeddings: 163840,
    rope_scaling: {
      factor: 40,
      original_max_position_embeddings: 4096,
      type: 'yarn',
    },
    tie_word_embeddings: false,
    quantization_config: { quant_method: 'fp8', weight_block_size: [128, 128] },
  },
  /** tiiuae/falcon-7b */
  falcon7b: {
    model_type: 'falcon',
    hidden_size: 4544,
    num_hidden_layers: 32,
    num_attention_heads: 71,
    multi_query: true,
    new_decoder_architecture: false,
    vocab_size: 65024,
    max_position_embeddings: 2048,
  },
} as const;
