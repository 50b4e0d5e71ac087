import type {
  AcceleratorVendor,
  Model,
  PlanReason,
  Quantization,
} from '@promptside/backstage-plugin-genai-common';
import type { AcceleratorProduct } from '../../accelerators';
import { isAtLeast, type EngineVersion } from '../engineVersion';
import { float16Limits } from '../float16';

/** The model as far as vLLM's rules go. A configuration tells its family, a catalog entry its id. */
export type SupportedModel = Pick<Model, 'id' | 'title' | 'dtype'> & {
  /** `model_type` of the text part. */
  modelType?: string;
};

/** What vLLM is asked to run, and on what. */
export interface SupportQuestion {
  model: SupportedModel;
  quantization: Quantization;
  kvCacheDtype: 'auto' | 'fp8';
  vendor: AcceleratorVendor;
  /** Absent when the node does not tell, or nobody knows the product. */
  product?: AcceleratorProduct;
  /** How messages call the device. */
  deviceName: string;
  /** Absent: the release of the pinned image. */
  engineVersion?: EngineVersion;
  /** Whether an image is pinned is of no matter. */
  ownImage?: boolean;
}

/** From 0.20 on the images are built with CUDA 13, which has no code for older architectures. */
const lowestComputeCapability = (version: EngineVersion | undefined) =>
  isAtLeast(version, 0, 20) ? 7.5 : 7.0;

/** Lowest compute capability with a kernel for the weights. Source: vLLM's table of quantization and hardware. */
const LOWEST_BY_QUANTIZATION: Readonly<Record<Quantization, number>> = {
  none: 7.0,
  gptq: 7.0,
  awq: 7.5,
  int8: 7.5,
  fp8: 7.5,
  bitsandbytes: 7.0,
  gguf: 7.0,
  mxfp4: 8.0,
  nvfp4: 10.0,
};

/** AMD architectures with a kernel for the weights; absent: none has. Same source. */
const AMD_BY_QUANTIZATION: Readonly<
  Partial<Record<Quantization, (architecture: string) => boolean>>
> = {
  none: () => true,
  gguf: () => true,
  fp8: architecture => /^gfx(94|95|12)/.test(architecture),
  mxfp4: architecture => /^gfx9[45]/.test(architecture),
};

/** Weights with a kernel on Intel GPUs. Same source; MXFP4 by vllm-xpu-kernels. */
const INTEL_QUANTIZATIONS: ReadonlySet<Quantization> = new Set([
  'none',
  'awq',
  'gptq',
  'mxfp4',
]);

/** The same for Gaudi (docs.habana.ai, vllm-gaudi). */
const GAUDI_QUANTIZATIONS: ReadonlySet<Quantization> = new Set([
  'none',
  'fp8',
  'awq',
  'gptq',
]);

/**
 * Architectures of Intel GPUs that vllm-xpu-kernels is compiled for: Max (pvc) and Battlemage (CMakeLists.txt at 003f38e,
 * SYCL_SUPPORTED_ARCHS). vLLM itself names the Arc Pro B series as validated (docs/models/hardware_supported_models/xpu.md
 * at e61145f). The Flex series is in neither list.
 */
const INTEL_COMPILED_FOR: ReadonlySet<string> = new Set(['Xe-HPC', 'Xe2']);

/** Everything that vLLM itself has to say against the combination, or about it. */
export function vllmSupport(question: SupportQuestion): PlanReason[] {
  switch (question.vendor) {
    case 'nvidia':
      return nvidiaSupport(question);
    case 'amd':
      return amdSupport(question);
    default:
      return intelSupport(question);
  }
}

function nvidiaSupport(question: SupportQuestion): PlanReason[] {
  const { model, quantization, product, deviceName } = question;
  const capability = product?.computeCapability;
  if (!product || capability === undefined) {
    return [unknownProduct(deviceName)];
  }
  const having = `${deviceName} has compute capability ${capability.toFixed(1)}`;
  const lowestOfAll = lowestComputeCapability(question.engineVersion);
  if (capability < lowestOfAll) {
    return [
      {
        code: 'GpuTooOld',
        field: 'product',
        severity: 'Blocking',
        message: `${having}; the vLLM images need at least ${lowestOfAll.toFixed(1)}. Choose a newer GPU.`,
      },
    ];
  }
  const lowest = LOWEST_BY_QUANTIZATION[quantization];
  if (capability < lowest) {
    return [
      {
        code: 'QuantizationNotSupported',
        field: 'quantization',
        severity: 'Blocking',
        message: `${having}; ${quantization} weights need at least ${lowest.toFixed(1)}. Choose a newer GPU or other weights.`,
      },
    ];
  }
  const reasons: PlanReason[] = [];
  if (quantization === 'fp8' && !product.fp8) {
    reasons.push({
      code: 'Fp8WeightsOnly',
      field: 'quantization',
      severity: 'Info',
      message: `${deviceName} computes no FP8: the weights stay in FP8 and save memory, the arithmetic runs in 16 bit and gains no speed.`,
    });
  }
  reasons.push(
    ...float16Limits(question, 'so vLLM refuses to start'),
    ...fp8Cache(question),
  );
  return model.dtype === 'mxfp4' && capability < 9
    ? [
        ...reasons,
        {
          code: 'Mxfp4WeightsOnly',
          severity: 'Info',
          message: `${deviceName} computes no MXFP4: the weights stay in 4 bit, the arithmetic runs in 16 bit.`,
        },
      ]
    : reasons;
}

function amdSupport(question: SupportQuestion): PlanReason[] {
  const { quantization, product, deviceName } = question;
  if (!product) return [unknownProduct(deviceName)];
  if (!AMD_BY_QUANTIZATION[quantization]?.(product.architecture)) {
    return [
      {
        code: 'QuantizationNotSupported',
        field: 'quantization',
        severity: 'Blocking',
        message: `vLLM has no kernel for ${quantization} weights on ${deviceName} (${product.architecture}). Choose the original weights or an NVIDIA GPU.`,
      },
    ];
  }
  return fp8Cache(question);
}

function intelSupport(question: SupportQuestion): PlanReason[] {
  const { quantization, product, deviceName } = question;
  if (product?.architecture === 'HPU' && !question.ownImage) {
    return [
      {
        code: 'VendorNotSupported',
        field: 'vendor',
        severity: 'Blocking',
        message: `The golden path has no pinned vLLM image for ${deviceName}: Gaudi's are only known by the tag "latest". Name an image of your own, or choose another GPU.`,
      },
    ];
  }
  const gaudi = product?.architecture === 'HPU';
  if (!(gaudi ? GAUDI_QUANTIZATIONS : INTEL_QUANTIZATIONS).has(quantization)) {
    return [
      {
        code: 'QuantizationNotSupported',
        field: 'quantization',
        severity: 'Blocking',
        message: `vLLM has no kernel for ${quantization} weights on ${deviceName} (Intel). Choose the original weights, AWQ or GPTQ.`,
      },
    ];
  }
  if (!product) return [unknownProduct(deviceName)];
  return [
    ...(gaudi || INTEL_COMPILED_FOR.has(product.architecture)
      ? []
      : [
          {
            code: 'DeviceNotValidated',
            field: 'product',
            severity: 'Warning' as const,
            message: `vLLM's kernels for Intel are compiled for the Max and the Arc Pro B series, and ${deviceName} is not among the validated cards: it may not start, or run slowly.`,
          },
        ]),
    ...fp8Cache(question),
  ];
}

function fp8Cache({
  kvCacheDtype,
  product,
  deviceName,
}: SupportQuestion): PlanReason[] {
  if (kvCacheDtype !== 'fp8' || product?.fp8) return [];
  return [
    {
      code: 'Fp8CacheUnproven',
      field: 'kvCacheDtype',
      severity: 'Warning',
      message: `${deviceName} computes no FP8, and not every attention kernel can then keep the KV cache in it. Choose kvCacheDtype auto if the server does not start.`,
    },
  ];
}

function unknownProduct(deviceName: string): PlanReason {
  return {
    code: 'ProductUnknown',
    field: 'product',
    severity: 'Info',
    message: `Nothing is known of the product ${deviceName}: whether it computes the model's data type was not checked.`,
  };
}
