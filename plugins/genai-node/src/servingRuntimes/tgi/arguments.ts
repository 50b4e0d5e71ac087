import type { Quantization } from '@promptside/backstage-plugin-genai-common';
import type { EngineQuestion } from '../EngineSpoke';
import { variantOfSpec } from '../../models/variantOfSpec';
import { modelSource } from '../modelSource';
import { tgiCache } from './cache';
import { tgiPorts } from './ports';

/** `QUANTIZE` where TGI must be told; checkpoints of the other kinds say it themselves. */
const QUANTIZE: Readonly<Partial<Record<Quantization, string>>> = {
  awq: 'awq',
  gptq: 'gptq',
  fp8: 'fp8',
  bitsandbytes: 'bitsandbytes',
};

/**
 * Settings of text-generation-launcher as environment variables, its one way that the Substratus chart can hand on, too.
 * Source: docs/source/reference/launcher.md at db931fcf (3.3.7).
 */
export function tgiSettings(question: EngineQuestion): Record<string, string> {
  const { spec } = question.spec;
  const { model: source, revision } = modelSource(question.spec, tgiCache);
  const quantize = QUANTIZE[quantizationOf(question)];
  return {
    MODEL_ID: source,
    ...(revision ? { REVISION: revision } : {}),
    PORT: String(tgiPorts.http),
    // Without it every GPU of the container would be taken, which on shared devices is not the asked number.
    NUM_SHARD: String(question.gpuCount),
    MAX_TOTAL_TOKENS: String(spec.contextLength),
    MAX_INPUT_TOKENS: String(Math.max(1, spec.contextLength - 1)),
    ...(quantize ? { QUANTIZE: quantize } : {}),
    ...(spec.gpuMemoryUtilization
      ? { CUDA_MEMORY_FRACTION: String(spec.gpuMemoryUtilization) }
      : {}),
    ...(spec.kvCacheDtype === 'fp8' ? { KV_CACHE_DTYPE: 'fp8_e4m3fn' } : {}),
    // The guide for Intel GPUs turns them off: they are CUDA's.
    ...(question.platform === 'intel' ? { CUDA_GRAPHS: '0' } : {}),
    USAGE_STATS: 'off',
    JSON_OUTPUT: 'true',
  };
}

function quantizationOf({ spec, model, quantization }: EngineQuestion) {
  const variant = model && variantOfSpec(spec.spec, model);
  // Native FP8 of the original is no instruction to quantize.
  return variant && !variant.repository && variant.quantization === model.dtype
    ? 'none'
    : quantization;
}
