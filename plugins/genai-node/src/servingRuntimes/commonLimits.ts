import type {
  PlanReason,
  Quantization,
} from '@promptside/backstage-plugin-genai-common';
import type { LimitsQuestion } from './EngineSpoke';
import type { ImagePlatform } from './images';

/** Platforms in sentences. */
export const PLATFORM_NAMES: Readonly<Record<ImagePlatform, string>> = {
  nvidia: 'NVIDIA GPUs',
  amd: 'AMD GPUs',
  intel: 'Intel GPUs',
  gaudi: 'Intel Gaudi',
  cpu: 'processor cores alone',
};

/** A reason against the combination. */
export function refusal(
  code: string,
  field: string,
  message: string,
): PlanReason {
  return { code, field, severity: 'Blocking', message };
}

/** A reason that a person should know and that stops nothing. */
export function notice(
  code: string,
  message: string,
  severity: 'Info' | 'Warning' = 'Info',
): PlanReason {
  return { code, severity, message };
}

/**
 * Refuses platforms that an engine does not run on, each with its reason. An image of one's own helps only where the engine
 * itself could run.
 */
export function platformLimits(
  title: string,
  { platform, ownImage }: LimitsQuestion,
  unsupported: Readonly<
    Partial<Record<ImagePlatform, { because: string; buildable?: true }>>
  >,
): PlanReason[] {
  const refused = unsupported[platform];
  if (!refused || (refused.buildable && ownImage)) return [];
  const remedy = refused.buildable
    ? 'Name an image of your own, or choose another engine or vendor.'
    : 'Choose another engine or vendor.';
  return [
    refusal(
      'VendorNotSupported',
      'vendor',
      `${title} does not run on ${PLATFORM_NAMES[platform]}: ${refused.because}. ${remedy}`,
    ),
  ];
}

/** Refuses quantizations that an engine cannot load. */
export function quantizationLimits(
  title: string,
  { quantization }: LimitsQuestion,
  supported: ReadonlySet<Quantization>,
): PlanReason[] {
  if (supported.has(quantization)) return [];
  return [
    refusal(
      'QuantizationNotSupported',
      'quantization',
      quantization === 'gguf'
        ? `${title} does not load GGUF files. Choose other weights, or llama.cpp.`
        : `${title} does not load ${quantization} weights. Choose other weights or another engine.`,
    ),
  ];
}

/** Refuses models of a task that an engine does not serve. */
export function taskLimits(
  title: string,
  { model }: LimitsQuestion,
  tasks: readonly string[],
): PlanReason[] {
  if (!model || tasks.includes(model.task)) return [];
  return [
    refusal(
      'TaskNotSupported',
      'model',
      `${model.title} is a model for ${model.task}, ${title} serves ${tasks.join(
        ' and ',
      )}.`,
    ),
  ];
}

/** Refuses an FP8 KV cache for an engine that has none. */
export function noFp8Cache(
  title: string,
  { kvCacheDtype }: LimitsQuestion,
): PlanReason[] {
  return kvCacheDtype === 'fp8'
    ? [
        refusal(
          'KvCacheDtypeNotSupported',
          'kvCacheDtype',
          `${title} keeps no FP8 KV cache here. Choose kvCacheDtype auto.`,
        ),
      ]
    : [];
}

/** AMD architectures that compute FP8, and with MXFP4 emulated by it: MI300 and later, RDNA 4. */
const AMD_WITH_FP8 = /^gfx(94|95|12)/;

/** Refuses 8-bit and smaller float weights on AMD GPUs without FP8. */
export function amdFp8Limits(
  title: string,
  { platform, product, quantization, deviceName }: LimitsQuestion,
): PlanReason[] {
  const needed = quantization === 'fp8' || quantization === 'mxfp4';
  return platform === 'amd' &&
    needed &&
    product &&
    !AMD_WITH_FP8.test(product.architecture)
    ? [
        refusal(
          'QuantizationNotSupported',
          'quantization',
          `${title} has no kernel for ${quantization} weights on ${deviceName} (${product.architecture}). Choose the original weights or a newer GPU.`,
        ),
      ]
    : [];
}
