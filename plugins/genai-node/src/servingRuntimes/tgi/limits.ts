import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import {
  amdFp8Limits,
  notice,
  platformLimits,
  quantizationLimits,
  refusal,
} from '../commonLimits';
import type { EngineQuestion, LimitsQuestion } from '../EngineSpoke';
import { float16Limits } from '../float16';

/** State of the project, from its README at db931fcf. */
export const TGI_NOTICE =
  'TGI is in maintenance since 2025-12-11: small fixes only, 3.3.7 is the last release. Its authors point to vLLM and SGLang.';

/** Lowest compute capability that the kernels of the image are compiled for (Dockerfile, TORCH_CUDA_ARCH_LIST). */
const COMPILED_FOR = 8.0;

const LOADABLE = new Set([
  'none',
  'fp8',
  'awq',
  'gptq',
  'bitsandbytes',
] as const);

/** Weights with kernels outside CUDA. */
const LOADABLE_ELSEWHERE = {
  amd: new Set(['none', 'awq', 'gptq', 'fp8'] as const),
  intel: new Set(['none', 'awq', 'gptq'] as const),
  gaudi: new Set(['none', 'fp8'] as const),
};

/** Known limits of TGI. */
export function tgiLimits(question: LimitsQuestion): PlanReason[] {
  const { platform, product, deviceName, model, kvCacheDtype } = question;
  const capability = product?.computeCapability;
  return [
    ...platformLimits('TGI', question, {
      cpu: {
        because:
          'the golden path offers its CPU image no more, for llama.cpp serves the same models there',
      },
    }),
    ...quantizationLimits(
      'TGI',
      question,
      platform === 'nvidia' || platform === 'cpu'
        ? LOADABLE
        : LOADABLE_ELSEWHERE[platform],
    ),
    ...amdFp8Limits('TGI', question),
    ...float16Limits(question, 'so its answers would be noise'),
    ...(capability !== undefined && capability < 7.5
      ? [
          refusal(
            'GpuTooOld',
            'product',
            `${deviceName} has compute capability ${capability.toFixed(1)}; TGI needs at least 7.5. Choose a newer GPU.`,
          ),
        ]
      : []),
    ...(capability !== undefined &&
    capability >= 7.5 &&
    capability < COMPILED_FOR
      ? [
          notice(
            'NoFlashAttention',
            `${deviceName} has compute capability ${capability.toFixed(1)}, TGI's kernels are compiled for 8.0 and later: it runs without flash attention, slower and with fewer models.`,
            'Warning',
          ),
        ]
      : []),
    ...(capability !== undefined && capability >= 10
      ? [
          notice(
            'CompiledAtStart',
            `TGI's kernels are compiled for compute capability 9.0 and are translated for ${deviceName} at the first start.`,
            'Warning',
          ),
        ]
      : []),
    ...(kvCacheDtype === 'fp8' && (platform !== 'nvidia' || !product?.fp8)
      ? [
          refusal(
            'KvCacheDtypeNotSupported',
            'kvCacheDtype',
            `TGI keeps an FP8 KV cache on NVIDIA GPUs with FP8 alone, and ${deviceName} is not known as one. Choose kvCacheDtype auto.`,
          ),
        ]
      : []),
    ...(model && model.attention.type !== 'full'
      ? [
          notice(
            'FullCacheForEveryLayer',
            `TGI keeps keys and values of the whole context for every layer of ${model.title}: count on a larger KV cache than vLLM's.`,
            'Warning',
          ),
        ]
      : []),
  ];
}

/** What only a spec tells. */
export function tgiSpecLimits({ spec }: EngineQuestion): PlanReason[] {
  const { servedName, id } = spec.spec.model;
  return servedName && servedName !== id
    ? [
        notice(
          'ServedNameIgnored',
          `TGI answers to any model name and lists the model as ${id}.`,
        ),
      ]
    : [];
}
