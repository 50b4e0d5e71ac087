import { InputError } from '@backstage/errors';
import type { Quantization } from '@promptside/backstage-plugin-genai-common';
import type { WeightParts } from '../PlannedModel';
import { asObject, type Section } from './fields';

/** What engines and files call it. */
const NAMES: readonly (readonly [RegExp, Quantization])[] = [
  [
    /^(none|auto|bf16|fp16|bfloat16|float16|half|fp32|float32|unquantized)$/,
    'none',
  ],
  [/nvfp4|modelopt[_-]?fp4|petit/, 'nvfp4'],
  [/mxfp4/, 'mxfp4'],
  [
    /^(fp8|w8a8[_-]?fp8|fbgemm[_-]?fp8|modelopt([_-]?fp8)?|f8.*|fp8[_-].*|ptpc[_-]?fp8)$/,
    'fp8',
  ],
  [/^(int8|w8a8|w8a8[_-]?int8|w8a16|smoothquant|experts_int8)$/, 'int8'],
  [/awq/, 'awq'],
  [/gptq|^(int4|w4a16|autoround|auto-round|inc|4bit|4-bit)$/, 'gptq'],
  [/bitsandbytes|^(bnb|nf4|fp4)/, 'bitsandbytes'],
  [/gguf|^i?q\d/, 'gguf'],
];

/**
 * The quantization behind a word of a user or a file.
 *
 * @throws InputError when nobody knows the word
 */
export function quantizationNamed(name: string, field: string): Quantization {
  const word = name.trim().toLowerCase();
  const found = NAMES.find(([pattern]) => pattern.test(word))?.[1];
  if (!found) {
    throw new InputError(
      `${field} "${name.slice(0, 40)}" is not known. Choose one of: none, fp8, int8, awq, gptq, mxfp4, nvfp4, bitsandbytes, gguf`,
    );
  }
  return found;
}

/** How the file says that its weights are stored. */
export interface StoredQuantization {
  quantization: Quantization;
  /** Bits of a weight, where the file tells. */
  bits?: number;
  /** Weights that share a scale, where the file tells; of blocks in two directions the length of a side. */
  groupSize?: number;
}

/**
 * The `quantization_config` of the file; `none` without one.
 *
 * @throws InputError when its method is not known
 */
export function readQuantization(text: Section): StoredQuantization {
  const stored = asObject(
    text.values.quantization_config ?? text.values.compression_config,
  );
  if (!stored) return { quantization: 'none' };
  const field = `${text.path}.quantization_config.quant_method`;
  const method = String(stored.quant_method ?? stored.quant_algo ?? '');
  if (method === 'compressed-tensors') return compressedTensors(stored);
  if (method === 'modelopt' || method === '') {
    const algorithm = stored.quant_algo;
    if (typeof algorithm === 'string') {
      return { quantization: quantizationNamed(algorithm, field) };
    }
  }
  if (!method) throw new InputError(`${field} is missing`);
  const quantization = quantizationNamed(method, field);
  const eight = quantization === 'bitsandbytes' && stored.load_in_8bit === true;
  return {
    quantization,
    ...positive('bits', eight ? 8 : (stored.bits ?? stored.w_bit)),
    ...positive(
      'groupSize',
      stored.group_size ?? stored.q_group_size ?? blockSide(stored),
    ),
  };
}

/** FP8 in blocks, as DeepSeek and Qwen publish it: `[128, 128]`. */
function blockSide({ weight_block_size: block }: Record<string, unknown>) {
  return Array.isArray(block) ? block[0] : undefined;
}

function compressedTensors(
  stored: Record<string, unknown>,
): StoredQuantization {
  const groups = Object.values(asObject(stored.config_groups) ?? {});
  const weights = asObject(asObject(groups[0])?.weights);
  const bits = Number(weights?.num_bits);
  const float = weights?.type === 'float';
  if (bits === 8) return { quantization: float ? 'fp8' : 'int8', bits };
  if (bits === 4) {
    return {
      quantization: float ? 'nvfp4' : 'gptq',
      bits,
      ...positive('groupSize', weights?.group_size),
    };
  }
  const format = String(stored.format ?? '');
  if (format.startsWith('float')) return { quantization: 'fp8' };
  if (format.startsWith('int')) return { quantization: 'int8' };
  return {
    quantization: quantizationNamed(
      format || 'gptq',
      'quantization_config.format',
    ),
  };
}

function positive<K extends string>(name: K, value: unknown) {
  return typeof value === 'number' && value > 0
    ? ({ [name]: value } as Record<K, number>)
    : {};
}

/** Bytes of one quantized weight with its share of scales and zero points. */
function bytesPerWeight({
  quantization,
  bits,
  groupSize,
}: StoredQuantization): number | undefined {
  switch (quantization) {
    case 'none':
      return 2;
    case 'fp8':
    case 'int8':
      return 1;
    case 'awq':
    case 'gptq':
      // A 16-bit scale and a zero point of as many bits as a weight, for each group.
      return ((bits ?? 4) + (16 + (bits ?? 4)) / (groupSize ?? 128)) / 8;
    case 'mxfp4':
      return (4 + 8 / 32) / 8;
    case 'nvfp4':
      return (4 + 8 / 16) / 8;
    case 'bitsandbytes':
      // A scale in 32 bit for 64 weights (8 bit: one for a row).
      return bits === 8 ? 1 : (4 + 32 / 64) / 8;
    default:
      return undefined;
  }
}

/**
 * Bytes of the weights as they are loaded, from their number.
 *
 * @throws InputError for GGUF, whose files mix several widths
 */
export function weightsBytesOf(
  parts: WeightParts,
  stored: StoredQuantization,
): number {
  const each = bytesPerWeight(stored);
  if (each === undefined) {
    throw new InputError(
      'weightsBytes is missing: the size of GGUF weights cannot be told from the configuration',
    );
  }
  // MXFP4 is for experts alone; elsewhere everything is quantized but tables, norms, routers and towers.
  const quantized =
    stored.quantization === 'mxfp4' ? parts.experts : parts.total - parts.kept;
  return Math.round(quantized * each + (parts.total - quantized) * 2);
}
