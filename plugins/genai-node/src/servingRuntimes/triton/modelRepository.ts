import type { EngineFile, EngineQuestion } from '../EngineSpoke';
import { variantOfSpec } from '../../models/variantOfSpec';
import { DEFAULT_GPU_MEMORY_UTILIZATION } from '../vllm/overhead';
import { modelSource } from '../modelSource';
import { tritonCache } from './cache';
import { needsHalf } from '../float16';
import { tritonServedName } from './servedName';

/** Where Triton looks for models. */
export const MODEL_REPOSITORY = '/model-repository';

/**
 * The model repository: a folder named as the model is asked for, its configuration, and one version with vLLM's engine
 * arguments. Source: README and docs/health_check.md of vllm_backend at 8de0c14.
 */
export function modelRepository(question: EngineQuestion): EngineFile[] {
  const folder = `${MODEL_REPOSITORY}/${tritonServedName(question.spec)}`;
  return [
    {
      key: 'config.pbtxt',
      mountPath: `${folder}/config.pbtxt`,
      content: CONFIGURATION,
    },
    {
      key: 'model.json',
      mountPath: `${folder}/1/model.json`,
      content: `${JSON.stringify(engineArguments(question), null, 2)}\n`,
    },
  ];
}

const CONFIGURATION = `backend: "vllm"
instance_group [
  {
    count: 1
    kind: KIND_MODEL
  }
]
parameters: {
  key: "REPORT_CUSTOM_METRICS"
  value: { string_value: "true" }
}
parameters: {
  key: "ENABLE_VLLM_HEALTH_CHECK"
  value: { string_value: "true" }
}
`;

function engineArguments(question: EngineQuestion) {
  const { model, product } = question;
  const { spec } = question.spec;
  const { model: source, revision } = modelSource(question.spec, tritonCache);
  const variant = model && variantOfSpec(spec, model);
  const quantized =
    variant &&
    !variant.repository &&
    variant.quantization !== model.dtype &&
    (variant.quantization === 'fp8' || variant.quantization === 'bitsandbytes');
  return {
    model: source,
    ...(revision ? { revision, tokenizer_revision: revision } : {}),
    tensor_parallel_size: question.gpuCount,
    max_model_len: spec.contextLength,
    gpu_memory_utilization:
      spec.gpuMemoryUtilization ?? DEFAULT_GPU_MEMORY_UTILIZATION,
    ...(spec.kvCacheDtype === 'fp8' ? { kv_cache_dtype: 'fp8' } : {}),
    ...(needsHalf(model, product) ? { dtype: 'half' } : {}),
    ...(quantized ? { quantization: variant.quantization } : {}),
    // Metrics come with the statistics.
    disable_log_stats: false,
  };
}
