import { asObject, word, type Section } from './fields';

/** Fields that a file may leave out, because the family's configuration class in Transformers has a default. */
interface FamilyDefaults {
  hidden_size?: number;
  num_hidden_layers?: number;
  num_attention_heads?: number;
  num_key_value_heads?: number;
  head_dim?: number;
  intermediate_size?: number;
  vocab_size?: number;
  max_position_embeddings?: number;
  sliding_window?: number;
  sliding_window_pattern?: number;
  num_kv_shared_layers?: number;
  tie_word_embeddings?: boolean;
}

const GEMMA: FamilyDefaults = { head_dim: 256, tie_word_embeddings: true };

/** Source: the configuration classes of Transformers (`configuration_<family>.py`). */
const DEFAULTS: Readonly<Record<string, FamilyDefaults>> = {
  gemma: { ...GEMMA, max_position_embeddings: 8192, vocab_size: 256_000 },
  gemma2: {
    ...GEMMA,
    max_position_embeddings: 8192,
    sliding_window: 4096,
    vocab_size: 256_000,
  },
  gemma3_text: {
    ...GEMMA,
    num_attention_heads: 8,
    num_key_value_heads: 4,
    vocab_size: 262_208,
    max_position_embeddings: 131_072,
    sliding_window: 4096,
    sliding_window_pattern: 6,
  },
  gemma3n_text: {
    ...GEMMA,
    num_attention_heads: 8,
    num_key_value_heads: 2,
    num_hidden_layers: 35,
    vocab_size: 262_400,
    max_position_embeddings: 32_768,
    sliding_window: 512,
    sliding_window_pattern: 5,
    num_kv_shared_layers: 15,
  },
  gemma4_text: {
    ...GEMMA,
    vocab_size: 262_144,
    sliding_window: 512,
    sliding_window_pattern: 6,
  },
  llama: {
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    intermediate_size: 11_008,
    vocab_size: 32_000,
    max_position_embeddings: 2048,
  },
  mistral: {
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    intermediate_size: 14_336,
    vocab_size: 32_000,
  },
  cohere2: { sliding_window: 4096, sliding_window_pattern: 4 },
  cohere: { tie_word_embeddings: true },
  gpt_oss: { sliding_window: 128, sliding_window_pattern: 2 },
  gpt2: { tie_word_embeddings: true },
  opt: { tie_word_embeddings: true },
  bloom: { tie_word_embeddings: true },
  falcon: { tie_word_embeddings: true },
  gpt_bigcode: { tie_word_embeddings: true },
  starcoder2: { tie_word_embeddings: true },
};

/** What calls itself by the whole, where the text part has a name of its own. */
const TEXT_TYPE: Readonly<Record<string, string>> = {
  gemma3: 'gemma3_text',
  gemma3n: 'gemma3n_text',
  gemma4: 'gemma4_text',
  gemma4_unified: 'gemma4_text',
  gemma4_unified_text: 'gemma4_text',
  llama4: 'llama4_text',
  qwen3_5: 'qwen3_5_text',
  qwen3_5_moe: 'qwen3_5_moe_text',
  mistral3: 'mistral',
  llava: 'llama',
  pixtral: 'mistral',
  ministral3: 'mistral',
};

/** Families whose attention is read from fields alone: no window unless a field says so. */
const PLAIN = new Set(
  (
    'llama mistral mixtral qwen2 qwen3 qwen2_moe qwen3_moe qwen2_vl qwen2_vl_text qwen2_5_vl qwen2_5_vl_text qwen3_vl qwen3_vl_text ' +
    'qwen3_vl_moe qwen3_vl_moe_text qwen2_audio phi phi3 phi3_v phi4mm phimoe gemma cohere command-r starcoder2 gpt_bigcode gpt2 ' +
    'gpt_neox gptj opt bloom mpt falcon stablelm granite granitemoe granitemoeshared olmo olmo2 olmo3 olmoe internlm2 internlm3 ' +
    'baichuan chatglm glm glm4 glm4v_text glm4_moe glm4v_moe_text exaone nemotron smollm3 ernie4_5 ernie4_5_moe seed_oss apertus ' +
    'arcee minicpm hunyuan_v1_dense hunyuan_v1_moe minimax_m2 dbrx persimmon solar orion yi aquila xverse dots1 ' +
    'deepseek deepseek_v2 deepseek_v3 deepseek_v32 deepseek_vl_v2 kimi_k2 kimi_k25 glm4_moe_lite glm_moe_dsa mistral4 mllama_text_model idefics3 smolvlm'
  ).split(' '),
);

/** Families with a rule of their own, see readCacheLayers. */
const SPECIAL = new Set(
  (
    'gemma2 gemma3_text gemma3n_text gemma4_text cohere2 gpt_oss llama4_text exaone4 qwen3_next qwen3_5_text qwen3_5_moe_text ' +
    'jamba bamba zamba2 nemotron_h falcon_h1 granitemoehybrid lfm2 lfm2_moe kimi_linear mamba mamba2'
  ).split(' '),
);

/** The part of the file that describes the language model. */
export function textSection(config: Section): Section {
  for (const name of ['text_config', 'llm_config', 'language_config']) {
    const values = asObject(config.values[name]);
    if (values) {
      // What the part leaves out, and is said of the whole, holds for both.
      const whole = {
        quantization_config: config.values.quantization_config,
        tie_word_embeddings: config.values.tie_word_embeddings,
        torch_dtype: config.values.torch_dtype ?? config.values.dtype,
      };
      return {
        values: { ...defined(whole), ...values },
        path: `${config.path}.${name}`,
      };
    }
  }
  const thinker = asObject(config.values.thinker_config);
  return thinker
    ? textSection({ values: thinker, path: `${config.path}.thinker_config` })
    : config;
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  );
}

/** `DeepseekV3ForCausalLM` is of the family `deepseek_v3`. */
function familyOfClass(architectures: unknown): string | undefined {
  const [name] = Array.isArray(architectures) ? architectures : [];
  return typeof name === 'string'
    ? name
        .replace(/(For[A-Z]\w*|LMHeadModel|Model)$/, '')
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .toLowerCase()
    : undefined;
}

/** The family of the text part; `undefined` when the file names none. */
export function familyOf(config: Section, text: Section): string | undefined {
  const name =
    word(text, 'model_type') ??
    word(config, 'model_type') ??
    familyOfClass(config.values.architectures);
  return name && (TEXT_TYPE[name] ?? name);
}

/** Whether somebody has looked at how this family attends. */
export function isKnownFamily(family: string | undefined): boolean {
  return family !== undefined && (PLAIN.has(family) || SPECIAL.has(family));
}

/** Defaults that hold wherever the part stands: no repository relies on its file alone for these. */
const EVERYWHERE = [
  'head_dim',
  'sliding_window',
  'sliding_window_pattern',
  'num_kv_shared_layers',
  'tie_word_embeddings',
] as const;

/**
 * Defaults of the family's configuration class. A part inside a larger file may leave out any of them, as Gemma 3's does; in
 * a file of its own counts are always written, and one that is missing is a fault.
 */
export function defaultsOf(
  family: string | undefined,
  text: Section,
): FamilyDefaults {
  const all = (family && DEFAULTS[family]) || {};
  return text.path === 'config'
    ? Object.fromEntries(
        EVERYWHERE.filter(name => name in all).map(name => [name, all[name]]),
      )
    : all;
}
