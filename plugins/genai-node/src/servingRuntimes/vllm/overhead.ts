import type { Model } from '@promptside/backstage-plugin-genai-common';

const GIB = 2 ** 30;

/** Share of the device that vLLM takes unless told otherwise. */
export const DEFAULT_GPU_MEMORY_UTILIZATION = 0.9;

/** Weights take a little more in memory than in their files: alignment, and buffers beside the parameters. */
export const WEIGHTS_FACTOR = 1.02;

/** Taken where a model does not say how many tokens it knows. */
const DEFAULT_VOCABULARY = 150_000;

/** The device as far as overhead depends on it. */
export interface OverheadDevice {
  memoryBytes: number;
  /** `sm_80` is served with the small batch, whatever its memory. */
  architecture?: string;
}

/**
 * Batch that vLLM's server profiles with when nobody says otherwise: tokens a step and sequences at a time. It depends on
 * the memory of the device; A100 is an exception in vLLM itself.
 */
export function defaultBatch(device: OverheadDevice): {
  tokens: number;
  sequences: number;
} {
  const large =
    device.memoryBytes >= 70 * GIB && device.architecture !== 'sm_80';
  if (!large) return { tokens: 2048, sequences: 256 };
  return {
    tokens: device.memoryBytes >= 160 * GIB ? 16_384 : 8192,
    sequences: 1024,
  };
}

/**
 * What vLLM (0.21 and later, CUDA graphs counted in) takes on each GPU besides weights and KV cache: an estimate, argued in
 * docs/sizing.md. Bytes.
 */
export function overheadBytes(
  model: Model,
  tensorParallelSize: number,
  device: OverheadDevice,
): number {
  const batch = defaultBatch(device);
  // CUDA context and libraries; between GPUs the buffers of NCCL.
  const outsideTorch = (tensorParallelSize > 1 ? 1.5 : 0.5) * GIB;
  // A gated MLP of 4 x hidden holds 12 x hidden elements a token and is shared out; residual and norms hold 3 and are not.
  const forward =
    batch.tokens * model.hiddenSize * 2 * (12 / tensorParallelSize + 3);
  // The sampler's logits in 32 bit, and their sorted copy. Every GPU gathers them whole.
  const vocabulary = model.vocabularySize ?? DEFAULT_VOCABULARY;
  const sampler = batch.sequences * vocabulary * 4 * 2;
  const graphs = (0.25 + 0.01 * model.layers) * GIB;
  return outsideTorch + Math.max(forward, sampler) + graphs;
}
