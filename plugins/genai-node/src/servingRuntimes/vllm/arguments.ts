import type { EngineQuestion } from '../EngineSpoke';
import { variantOfSpec } from '../../models/variantOfSpec';
import { flag } from '../hubVariables';
import { modelSource } from '../modelSource';
import { vllmCache } from './cache';
import { DEFAULT_GPU_MEMORY_UTILIZATION } from './overhead';
import { vllmPorts } from './ports';
import { needsHalf } from '../float16';

/** Words after `vllm serve`. */
export function vllmArguments(question: EngineQuestion): string[] {
  const { model, product } = question;
  const { spec } = question.spec;
  const { id, servedName } = spec.model;
  const { model: source, revision } = modelSource(question.spec, vllmCache);
  return [
    source,
    flag('host', '0.0.0.0'),
    flag('port', vllmPorts.http),
    flag('served-model-name', servedName ?? id),
    ...(revision
      ? [flag('revision', revision), flag('tokenizer-revision', revision)]
      : []),
    flag('tensor-parallel-size', question.gpuCount),
    flag('max-model-len', spec.contextLength),
    flag(
      'gpu-memory-utilization',
      spec.gpuMemoryUtilization ?? DEFAULT_GPU_MEMORY_UTILIZATION,
    ),
    ...(spec.kvCacheDtype === 'fp8' ? [flag('kv-cache-dtype', 'fp8')] : []),
    ...(needsHalf(model, product) ? [flag('dtype', 'half')] : []),
    ...quantizeWhileLoading(question),
  ];
}

/** Editions in repositories of their own say themselves how they are quantized; the original is quantized when told to. */
export function quantizeWhileLoading({
  spec,
  model,
}: EngineQuestion): string[] {
  const variant = model && variantOfSpec(spec.spec, model);
  return variant &&
    !variant.repository &&
    variant.quantization !== model.dtype &&
    (variant.quantization === 'fp8' || variant.quantization === 'bitsandbytes')
    ? [flag('quantization', variant.quantization)]
    : [];
}
