import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { findProduct } from '../../accelerators';
import { variantOfSpec } from '../../models/variantOfSpec';
import { DEFAULT_GPU_MEMORY_UTILIZATION } from './overhead';
import { HTTP_PORT } from './ports';
import { needsHalf } from './support';

/**
 * Words after `vllm serve`. Each flag is one word with its value, so that no value can be taken for a flag; nothing passes a
 * shell.
 */
export function vllmArguments(
  { spec }: InferenceSpec,
  model: Model | undefined,
): string[] {
  const { id, revision, servedName } = spec.model;
  const product = findProduct(
    spec.accelerator.vendor,
    spec.accelerator.product?.replace(/(-MIG-[^-]+)?(-SHARED)?$/, ''),
  );
  return [
    id,
    flag('host', '0.0.0.0'),
    flag('port', HTTP_PORT),
    flag('served-model-name', servedName ?? id),
    ...(revision
      ? [flag('revision', revision), flag('tokenizer-revision', revision)]
      : []),
    flag('tensor-parallel-size', spec.accelerator.count),
    flag('max-model-len', spec.contextLength),
    flag(
      'gpu-memory-utilization',
      spec.gpuMemoryUtilization ?? DEFAULT_GPU_MEMORY_UTILIZATION,
    ),
    ...(spec.kvCacheDtype === 'fp8' ? [flag('kv-cache-dtype', 'fp8')] : []),
    ...(needsHalf(model, product) ? [flag('dtype', 'half')] : []),
    ...quantizeWhileLoading({ spec }, model),
  ];
}

function flag(name: string, value: string | number): string {
  return `--${name}=${value}`;
}

/** Editions in repositories of their own say themselves how they are quantized; the original is quantized when told to. */
function quantizeWhileLoading(
  { spec }: Pick<InferenceSpec, 'spec'>,
  model: Model | undefined,
): string[] {
  const variant = model && variantOfSpec(spec, model);
  return variant &&
    !variant.repository &&
    variant.quantization !== model.dtype &&
    (variant.quantization === 'fp8' || variant.quantization === 'bitsandbytes')
    ? [flag('quantization', variant.quantization)]
    : [];
}
