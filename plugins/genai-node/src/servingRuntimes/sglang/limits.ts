import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import {
  amdFp8Limits,
  notice,
  platformLimits,
  quantizationLimits,
  refusal,
} from '../commonLimits';
import type { LimitsQuestion } from '../EngineSpoke';
import { float16Limits } from '../float16';

const UNSUPPORTED = {
  intel: {
    because: 'its project publishes no image for them, only a Dockerfile',
    buildable: true,
  },
  gaudi: { because: 'it has no backend for them' },
  cpu: {
    because: 'the golden path sizes and tunes SGLang for accelerators alone',
  },
} as const;

const LOADABLE = {
  nvidia: new Set([
    'none',
    'fp8',
    'int8',
    'awq',
    'gptq',
    'mxfp4',
    'nvfp4',
    'bitsandbytes',
  ] as const),
  amd: new Set(['none', 'fp8', 'mxfp4'] as const),
};

/** The image is built with CUDA 13, which has no code for older architectures. */
const LOWEST_COMPUTE_CAPABILITY = 7.5;

/** Known limits of SGLang. */
export function sglangLimits(question: LimitsQuestion): PlanReason[] {
  const { platform, product, deviceName, quantization } = question;
  const capability = product?.computeCapability;
  const tooOld = (needed: number, what: string) =>
    refusal(
      'GpuTooOld',
      'product',
      `${deviceName} has compute capability ${capability?.toFixed(
        1,
      )}; ${what} at least ${needed.toFixed(1)}. Choose a newer GPU or other weights.`,
    );
  return [
    ...platformLimits('SGLang', question, UNSUPPORTED),
    ...quantizationLimits(
      'SGLang',
      question,
      platform === 'amd' ? LOADABLE.amd : LOADABLE.nvidia,
    ),
    ...(capability !== undefined && capability < LOWEST_COMPUTE_CAPABILITY
      ? [tooOld(LOWEST_COMPUTE_CAPABILITY, "SGLang's image needs")]
      : []),
    ...(capability !== undefined && capability < 10 && quantization === 'nvfp4'
      ? [tooOld(10, 'nvfp4 weights need')]
      : []),
    ...(capability !== undefined && capability < 8 && quantization === 'mxfp4'
      ? [tooOld(8, 'mxfp4 weights need')]
      : []),
    ...amdFp8Limits('SGLang', question),
    ...float16Limits(question, 'so its answers would be noise'),
    ...(question.kvCacheDtype === 'fp8' && !product?.fp8
      ? [
          notice(
            'Fp8CacheUnproven',
            `${deviceName} is not known to compute FP8, and not every attention kernel can then keep the KV cache in it.`,
            'Warning',
          ),
        ]
      : []),
    ...(platform === 'nvidia'
      ? [
          notice(
            'NeedsNewDriver',
            "SGLang's image is built with CUDA 13 and needs NVIDIA driver 580 or later on the nodes.",
          ),
        ]
      : []),
  ];
}
