import { InputError } from '@backstage/errors';
import { defaultsOf } from './families';
import { count, flag, list, section, word, type Section } from './fields';

/** What a layer keeps of a sequence. `none`: it has no attention, or shares the cache of another layer. */
export type LayerKind = 'full' | 'window' | 'chunk' | 'state' | 'both' | 'none';

/** Names of `layer_types` and its relatives. */
const NAMES: Readonly<Record<string, LayerKind>> = {
  full_attention: 'full',
  attention: 'full',
  global_attention: 'full',
  sliding_attention: 'window',
  local_attention: 'window',
  chunked_attention: 'chunk',
  linear_attention: 'state',
  mamba: 'state',
  mamba2: 'state',
  conv: 'state',
  hybrid: 'both',
};

/** Characters of Nemotron-H's pattern: attention, Mamba, dense and mixture MLP. */
const NEMOTRON: Readonly<Record<string, LayerKind>> = {
  '*': 'full',
  M: 'state',
  '-': 'none',
  E: 'none',
};

/**
 * The kind of every layer, first to last.
 *
 * @throws InputError naming the field that contradicts or is not understood
 */
export function readLayerKinds(
  text: Section,
  family: string | undefined,
  layers: number,
): LayerKind[] {
  const kinds = ownKinds(text, family, layers);
  if (kinds.length !== layers) {
    throw new InputError(
      `${text.path} has ${layers} layers, but names the kind of ${kinds.length}`,
    );
  }
  // The last layers of Gemma 3n and 4 read the cache of an earlier layer of their kind.
  const shared =
    count(text, 'num_kv_shared_layers') ??
    defaultsOf(family, text).num_kv_shared_layers ??
    0;
  return kinds.map((kind, index) => (index >= layers - shared ? 'none' : kind));
}

function ownKinds(
  text: Section,
  family: string | undefined,
  layers: number,
): LayerKind[] {
  const every = (kindOf: (index: number) => LayerKind) =>
    Array.from({ length: layers }, (_, index) => kindOf(index));
  const named = list(text, 'layer_types') ?? list(text, 'layers_block_type');
  if (named) return named.map(name => kindByName(name, text));
  switch (family) {
    case 'gemma2':
      return every(index => (index % 2 === 0 ? 'window' : 'full'));
    case 'gemma3_text':
    case 'gemma3n_text':
    case 'gemma4_text':
    case 'cohere2':
    case 'gpt_oss':
    case 'exaone4':
      return everyNthFull(text, family, every);
    case 'llama4_text':
      return llama4Kinds(text, every);
    case 'qwen3_next':
    case 'qwen3_5_text':
    case 'qwen3_5_moe_text': {
      const interval = count(text, 'full_attention_interval') || 4;
      return every(index => ((index + 1) % interval === 0 ? 'full' : 'state'));
    }
    case 'jamba': {
      const period = count(text, 'attn_layer_period') || 8;
      const offset = count(text, 'attn_layer_offset') ?? 4;
      return every(index => (index % period === offset ? 'full' : 'state'));
    }
    case 'bamba':
      return attentionAt(text, list(text, 'attn_layer_indices'), every);
    case 'zamba2': {
      // Mamba runs in every layer; the hybrid ones have attention besides.
      const hybrid = list(text, 'hybrid_layer_ids') ?? [];
      return every(index => (hybrid.includes(index) ? 'both' : 'state'));
    }
    case 'nemotron_h':
      return [...(word(text, 'hybrid_override_pattern') ?? '')].map(
        character => NEMOTRON[character] ?? kindByName(character, text),
      );
    case 'falcon_h1':
      return every(() => 'both');
    case 'kimi_linear': {
      const linear = section(text, 'linear_attn_config');
      const full = linear && list(linear, 'full_attn_layers');
      // Its numbers begin with 1.
      return attentionAt(
        text,
        full?.map(number => Number(number) - 1),
        every,
      );
    }
    case 'mamba':
    case 'mamba2':
      return every(() => 'state');
    default:
      return windowedKinds(text, family, every);
  }
}

type Every = (kindOf: (index: number) => LayerKind) => LayerKind[];

function kindByName(name: unknown, { path }: Section): LayerKind {
  const kind = typeof name === 'string' ? NAMES[name] : undefined;
  if (!kind) {
    throw new InputError(
      `${path}.layer_types: nothing is known of a layer "${String(name).slice(0, 40)}"`,
    );
  }
  return kind;
}

function everyNthFull(text: Section, family: string, every: Every) {
  const written =
    text.values.sliding_window_pattern ?? text.values._sliding_window_pattern;
  const pattern =
    typeof written === 'string'
      ? written.length
      : (count(text, 'sliding_window_pattern', '_sliding_window_pattern') ??
        defaultsOf(family, text).sliding_window_pattern);
  if (!pattern || windowOf(text, family) === undefined) {
    return every(() => 'full');
  }
  return every(index => ((index + 1) % pattern === 0 ? 'full' : 'window'));
}

function llama4Kinds(text: Section, every: Every): LayerKind[] {
  const interval = count(text, 'no_rope_layer_interval') || 4;
  const rope = list(text, 'no_rope_layers');
  // Despite its name a 1 in the list means a layer with rotary positions, and those attend in chunks.
  return every(index =>
    (rope?.length ? rope[index] === 1 : (index + 1) % interval !== 0)
      ? 'chunk'
      : 'full',
  );
}

function attentionAt(
  { path }: Section,
  indices: readonly unknown[] | undefined,
  every: Every,
): LayerKind[] {
  if (!indices) {
    throw new InputError(
      `${path} does not say which of its layers have attention`,
    );
  }
  return every(index => (indices.includes(index) ? 'full' : 'state'));
}

/** Families without a pattern of their own: a window holds for all layers, or for the last ones. */
function windowedKinds(
  text: Section,
  family: string | undefined,
  every: Every,
): LayerKind[] {
  const windowed =
    windowOf(text, family) !== undefined &&
    flag(text, 'use_sliding_window') !== false &&
    // Declared, and ignored by the engines.
    !/^phi/.test(family ?? '');
  if (!windowed) return every(() => 'full');
  if (/^qwen/.test(family ?? '')) {
    // Only with the flag, and only from that layer on.
    if (!flag(text, 'use_sliding_window')) return every(() => 'full');
    const from = count(text, 'max_window_layers') ?? 0;
    return every(index => (index < from ? 'full' : 'window'));
  }
  return every(() => 'window');
}

/** Tokens of the window; `undefined` when the model has none. */
export function windowOf(
  text: Section,
  family: string | undefined,
): number | undefined {
  if (text.values.sliding_window === null) return undefined;
  return (
    count(text, 'sliding_window') || defaultsOf(family, text).sliding_window
  );
}
