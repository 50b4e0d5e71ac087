import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import { vllmSupport, type SupportQuestion } from './vllm/support';

/** What an engine is asked to run, and on what. */
export interface EngineSupportQuestion extends SupportQuestion {
  engine: string;
}

/** What llama.cpp loads: files of its own kind, and on whatever device. */
function llamaCppSupport({ quantization }: SupportQuestion): PlanReason[] {
  return quantization === 'gguf'
    ? []
    : [
        {
          code: 'QuantizationNotSupported',
          field: 'quantization',
          severity: 'Blocking',
          message: `llama.cpp loads GGUF files, not ${quantization === 'none' ? 'safetensors' : quantization} weights. Choose a GGUF edition, or another engine.`,
        },
      ];
}

/**
 * What the engine's kernels have to say against the combination of model, weights and device. SGLang and TGI have the rules
 * of vLLM here, whose kernels they share; what else limits an engine is in its own `limits.ts`.
 */
export function engineSupport(question: EngineSupportQuestion): PlanReason[] {
  if (question.engine === 'llama-cpp') return llamaCppSupport(question);
  // Whether another engine has an image for the device is its own matter.
  const { engine, ownImage } = question;
  return vllmSupport({ ...question, ownImage: ownImage || engine !== 'vllm' });
}
