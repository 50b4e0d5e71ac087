import { InputError } from '@backstage/errors';
import type {
  Model,
  ModelVariant,
} from '@promptside/backstage-plugin-genai-common';
import type { PlannedModel, WeightParts } from '../PlannedModel';
import { defaultsOf, familyOf, isKnownFamily, textSection } from './families';
import { asObject, count, word, type Section } from './fields';
import { readCacheLayers } from './readCacheLayers';
import { readMixture } from './readMixture';
import {
  quantizationNamed,
  readQuantization,
  weightsBytesOf,
  type StoredQuantization,
} from './readQuantization';
import { readShape, type Shape } from './readShape';
import { readWeightParts } from './readWeightParts';

/** A configuration file, and what is known besides. */
export interface ConfiguredModel {
  /** Content of `config.json` as the hub has it. */
  config: unknown;
  /** Hugging Face id, for messages. */
  id?: string;
  /** Bytes of the weights that the engine loads; absent: derived from the number of parameters. */
  weightsBytes?: number;
  /** As the engine is told; absent: as the file says. */
  quantization?: string;
}

/**
 * A model from its Hugging Face configuration. Everything that the file leaves to the defaults of its configuration class is
 * filled in; nothing else is.
 *
 * @throws InputError naming the field that is missing or makes no sense
 * @public
 */
export function modelFromConfig(input: ConfiguredModel): {
  model: PlannedModel;
  variant: ModelVariant;
} {
  const values = asObject(input.config);
  if (!values) throw new InputError('config must be an object');
  const config: Section = { values, path: 'config' };
  const text = textSection(config);
  const family = familyOf(config, text);
  const shape = readShape(text, family);
  const cacheLayers = readCacheLayers(text, family, shape);
  const stored = storedAs(config, text, input.quantization);
  const parts = partsIfTold(() => readWeightParts(config, text, family, shape));
  const mixture = readMixture(text, family, shape.layers);
  const variant: ModelVariant = {
    quantization: stored.quantization,
    weightsBytes: loadedBytes(input.weightsBytes, parts, config, text, stored),
  };
  const [first] = cacheLayers;
  return {
    variant,
    model: {
      id: input.id ?? 'config/model',
      title:
        input.id ?? word(config, '_name_or_path') ?? titleOf(config, family),
      provider: 'config',
      task: values.vision_config ? 'image-text-to-text' : 'text-generation',
      license: 'unknown',
      gated: false,
      parameterCount:
        parts instanceof Error ? variant.weightsBytes / 2 : parts.total,
      layers: shape.layers,
      hiddenSize: shape.hiddenSize,
      attentionHeads: shape.heads,
      kvHeads: shape.kvHeads,
      headDim: shape.headDim,
      attention: { type: 'full' },
      contextLength: contextOf(text, family),
      dtype: dtypeOf(text, stored),
      ...(shape.vocabulary ? { vocabularySize: shape.vocabulary } : {}),
      variants: [variant],
      source: 'config.json',
      modelType: family,
      architectureKnown: isKnownFamily(family),
      cacheLayers,
      ...(parts instanceof Error ? {} : { weightParts: parts }),
      ...(mlpWidth(shape, mixture)
        ? { mlpWidth: mlpWidth(shape, mixture) }
        : {}),
      ...weightGroups(stored, shape, mixture),
      rotaryDim: first?.replicated
        ? (count(text, 'qk_rope_head_dim') ?? 0)
        : shape.headDim,
    },
  };
}

function titleOf(config: Section, family: string | undefined): string {
  const [architecture] = Array.isArray(config.values.architectures)
    ? config.values.architectures
    : [];
  return String(architecture ?? family ?? 'The model').slice(0, 80);
}

/** A fault in counting parameters matters only when nobody said how many bytes there are. */
function partsIfTold(read: () => WeightParts): WeightParts | Error {
  try {
    return read();
  } catch (error) {
    return error as Error;
  }
}

function storedAs(
  config: Section,
  text: Section,
  asked: string | undefined,
): StoredQuantization {
  const stored = readQuantization(
    text.values.quantization_config ? text : config,
  );
  if (asked === undefined || asked.toLowerCase() === 'auto') return stored;
  const wanted = quantizationNamed(asked, 'quantization');
  if (wanted === stored.quantization) return stored;
  if (stored.quantization === 'none') return { quantization: wanted };
  // GPTQ and AWQ are two ways to the same 4 bit; "none" says that nothing is to be changed.
  const fourBit = ['awq', 'gptq'];
  if (
    wanted === 'none' ||
    (fourBit.includes(wanted) && fourBit.includes(stored.quantization))
  ) {
    return stored;
  }
  throw new InputError(
    `quantization is ${wanted}, but the configuration says that the weights are ${stored.quantization}`,
  );
}

/** In these an engine can load 16-bit weights, quantizing them on the way. */
const IN_FLIGHT = ['fp8', 'bitsandbytes', 'int8'];

function loadedBytes(
  given: number | undefined,
  parts: WeightParts | Error,
  config: Section,
  text: Section,
  stored: StoredQuantization,
): number {
  if (given === undefined) {
    if (parts instanceof Error) {
      throw new InputError(
        `weightsBytes is missing and cannot be derived: ${parts.message}`,
      );
    }
    return weightsBytesOf(parts, stored);
  }
  if (parts instanceof Error) return given;
  const onDisk = readQuantization(
    text.values.quantization_config ? text : config,
  );
  const unquantized = weightsBytesOf(parts, { quantization: 'none' });
  if (
    onDisk.quantization === 'none' &&
    IN_FLIGHT.includes(stored.quantization) &&
    given > unquantized * 0.9
  ) {
    return Math.round(given * (weightsBytesOf(parts, stored) / unquantized));
  }
  const isFloat32 =
    stored.quantization === 'none' &&
    word(text, 'torch_dtype') === 'float32' &&
    given > unquantized * 1.8;
  // Engines load 32-bit weights in 16 bit.
  return isFloat32 ? Math.round(given / 2) : given;
}

function dtypeOf(text: Section, stored: StoredQuantization): Model['dtype'] {
  if (stored.quantization === 'mxfp4') return 'mxfp4';
  if (stored.quantization === 'fp8') return 'fp8';
  const named = word(text, 'torch_dtype') ?? word(text, 'dtype');
  // 32 bit on disk is 16 bit in memory; the planner is told the bytes in memory.
  return named === 'float16' ? 'float16' : 'bfloat16';
}

function mlpWidth(
  { intermediate }: Shape,
  mixture: ReturnType<typeof readMixture>,
): number | undefined {
  return mixture
    ? mixture.perToken * mixture.width + mixture.sharedWidth
    : intermediate;
}

/** Groups of the stored weights, where the file tells their size. */
function weightGroups(
  { groupSize, quantization }: StoredQuantization,
  { layers, intermediate }: Shape,
  mixture: ReturnType<typeof readMixture>,
): Pick<PlannedModel, 'weightGroups'> {
  if (!groupSize || quantization === 'mxfp4') return {};
  const dense = mixture ? layers > mixture.layers : true;
  const columns = [
    ...(dense && intermediate ? [intermediate] : []),
    // Kernels for experts in 4 bit take groups that are cut through.
    ...(mixture && quantization === 'fp8' ? [mixture.width] : []),
  ];
  return columns.length > 0
    ? { weightGroups: { size: groupSize, columns } }
    : {};
}

/** Rotary scalings that the maximum of the file has already been multiplied by. */
const SCALED_ALREADY = /^(su|longrope|llama3|default|mrope|proportional)$/;

/**
 * Longest context, as vLLM derives it: the maximum of the file, stretched where a scaling says so.
 *
 * @throws InputError when no field tells
 */
function contextOf(text: Section, family: string | undefined): number {
  const written =
    count(
      text,
      'max_position_embeddings',
      'n_positions',
      'model_max_length',
      'max_seq_len',
      'seq_length',
      'max_sequence_length',
    ) ?? defaultsOf(family, text).max_position_embeddings;
  if (!written) {
    throw new InputError(`${text.path}.max_position_embeddings is missing`);
  }
  const scaling = asObject(
    text.values.rope_scaling ?? text.values.rope_parameters,
  );
  const type = scaling?.rope_type ?? scaling?.type;
  const factor = Number(scaling?.factor ?? 1);
  if (
    typeof type !== 'string' ||
    SCALED_ALREADY.test(type) ||
    /^gemma3/.test(family ?? '') ||
    !(factor > 1)
  ) {
    return written;
  }
  if (type !== 'yarn') return Math.floor(written * factor);
  const original = Number(scaling?.original_max_position_embeddings ?? written);
  // Some files name the stretched maximum already.
  return Math.max(written, Math.floor(original * factor));
}
