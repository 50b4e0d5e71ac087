import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import { noFp8Cache, notice, platformLimits, refusal } from '../commonLimits';
import type { EngineQuestion, LimitsQuestion } from '../EngineSpoke';

const UNSUPPORTED = {
  gaudi: { because: 'it has no backend for them' },
} as const;

/** Architectures that the ROCm image is compiled for (.devops/rocm.Dockerfile). */
const COMPILED_FOR = new Set([
  'gfx908',
  'gfx90a',
  'gfx942',
  'gfx1030',
  'gfx1100',
  'gfx1101',
  'gfx1150',
  'gfx1151',
  'gfx1200',
  'gfx1201',
]);

/** Known limits of llama.cpp. */
export function llamaCppLimits(question: LimitsQuestion): PlanReason[] {
  const { platform, product, deviceName, quantization, ownImage } = question;
  return [
    ...platformLimits('llama.cpp', question, UNSUPPORTED),
    ...noFp8Cache('llama.cpp', question),
    ...(quantization === 'gguf'
      ? []
      : [
          refusal(
            'QuantizationNotSupported',
            'quantization',
            'llama.cpp loads GGUF files alone. Choose a repository with such files, or another engine.',
          ),
        ]),
    ...(platform === 'amd' &&
    product &&
    !COMPILED_FOR.has(product.architecture) &&
    !ownImage
      ? [
          refusal(
            'GpuNotCompiledFor',
            'product',
            `llama.cpp's ROCm image has no code for ${deviceName} (${product.architecture}). Name an image of your own, or choose another GPU.`,
          ),
        ]
      : []),
    ...(platform === 'cpu'
      ? [
          notice(
            'SlowWithoutGpu',
            'Without a GPU an answer of a model with 8 billion parameters comes at a few tokens a second.',
            'Warning',
          ),
        ]
      : []),
  ];
}

/** What only a spec tells. */
export function llamaCppSpecLimits({ spec }: EngineQuestion): PlanReason[] {
  const { file, revision } = spec.spec.model;
  return [
    ...(file
      ? []
      : [
          refusal(
            'FileMissing',
            'file',
            'llama.cpp loads one file of the repository: name it, e.g. model-Q4_K_M.gguf',
          ),
        ]),
    ...(revision
      ? []
      : [
          notice(
            'NotPinned',
            'No revision is given: a new upload to the repository changes the model at the next download.',
            'Warning',
          ),
        ]),
  ];
}
