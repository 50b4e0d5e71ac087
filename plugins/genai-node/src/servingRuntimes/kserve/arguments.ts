import type { EngineQuestion } from '../EngineSpoke';
import { flag } from '../hubVariables';
import { quantizeWhileLoading } from '../vllm/arguments';
import { DEFAULT_GPU_MEMORY_UTILIZATION } from '../vllm/overhead';
import { needsHalf } from '../float16';
import { kserveServedName } from './servedName';

/** Words after `python3 -m huggingfaceserver`, its own first and vLLM's behind them (__main__.py at aaac4e2, 0.20). */
export function kserveArguments(question: EngineQuestion): string[] {
  const { model, product } = question;
  const { spec } = question.spec;
  const { id, revision } = spec.model;
  return [
    flag('model_name', kserveServedName(question.spec)),
    flag('model_id', id),
    ...(revision
      ? [flag('model_revision', revision), flag('tokenizer_revision', revision)]
      : []),
    flag('backend', 'vllm'),
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
