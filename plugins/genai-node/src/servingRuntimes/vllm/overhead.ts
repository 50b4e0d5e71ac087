import { isAtLeast, type EngineVersion } from '../engineVersion';

const GIB = 2 ** 30;

/** Share of the device that vLLM takes unless told otherwise. */
export const DEFAULT_GPU_MEMORY_UTILIZATION = 0.9;

/** Taken where a model does not say how many tokens it knows. */
const DEFAULT_VOCABULARY = 150_000;

/** The device as far as overhead depends on it. */
export interface OverheadDevice {
  memoryBytes: number;
  /** `sm_80` is served with the small batch, whatever its memory. */
  architecture?: string;
}

/** The model as far as overhead depends on it. */
export interface OverheadModel {
  hiddenSize: number;
  layers: number;
  vocabularySize?: number;
  /** Columns that a token goes through in the widest MLP; absent: 4 x hidden. */
  mlpWidth?: number;
}

/** What decides the batch that vLLM profiles with. */
export interface BatchQuestion {
  device: OverheadDevice;
  /** Absent: the release of the golden path. */
  version?: EngineVersion;
  /** tokens */
  contextLength: number;
}

/**
 * Batch that vLLM's server profiles with when nobody says otherwise: tokens a step and sequences at a time.
 *
 * The old engine (before 0.8) takes a whole context in one step, up to 32,768 tokens. 0.8 has one batch for all devices. From
 * 0.9 on it depends on the memory of the device; A100 is an exception in vLLM itself.
 */
export function defaultBatch({
  device,
  version,
  contextLength,
}: BatchQuestion): { tokens: number; sequences: number } {
  if (!isAtLeast(version, 0, 8)) {
    return {
      tokens: contextLength > 32_768 ? 2048 : Math.max(2048, contextLength),
      sequences: 256,
    };
  }
  if (!isAtLeast(version, 0, 9)) return { tokens: 2048, sequences: 1024 };
  const large =
    device.memoryBytes >= 70 * GIB && device.architecture !== 'sm_80';
  if (!large) return { tokens: 2048, sequences: 256 };
  return {
    tokens:
      device.memoryBytes >= 160 * GIB && isAtLeast(version, 0, 24)
        ? 16_384
        : 8192,
    sequences: 1024,
  };
}

/**
 * Bytes that the sampler holds for each logit at its peak. Sorting for top-k and top-p held the logits, their sorted copy with
 * indices, probabilities and sums at once: 31 to 39 measured with the old engine, 38 with the new one. From 0.17 on a kernel
 * without sorting: 12.
 */
function samplerBytes(version: EngineVersion | undefined): number {
  if (isAtLeast(version, 0, 17)) return 12;
  return isAtLeast(version, 0, 8) ? 38 : 33;
}

/** CUDA context and libraries; between GPUs the buffers of NCCL and of the all-reduce kernels grow with their number. */
export function outsideTorchBytes(tensorParallelSize: number): number {
  return (
    (tensorParallelSize > 1 ? 0.45 + 0.12 * tensorParallelSize : 0.25) * GIB
  );
}

/** Peak of one profiled step: the widest MLP, or the sampler with the hidden states it began from. Not at once. */
export function activationBytes(
  model: OverheadModel,
  tensorParallelSize: number,
  question: BatchQuestion,
): number {
  const batch = defaultBatch(question);
  const { hiddenSize, mlpWidth = 4 * hiddenSize } = model;
  // Gate, up and product of the MLP are shared out; residual, norms and what leads in and out of attention are not.
  const forward =
    batch.tokens * 2 * ((3 * mlpWidth) / tensorParallelSize + 4 * hiddenSize);
  const sampler =
    batch.sequences *
      (model.vocabularySize ?? DEFAULT_VOCABULARY) *
      samplerBytes(question.version) +
    batch.tokens * hiddenSize * 2;
  // Old releases computed long contexts in pieces, and then did not sample while they profiled.
  const pieces =
    !isAtLeast(question.version, 0, 8) && question.contextLength > 32_768;
  return pieces ? forward : Math.max(forward, sampler);
}

/** CUDA graphs are counted into the budget from 0.21 on; before they came on top of it. */
export function graphBytes(
  { layers }: OverheadModel,
  version: EngineVersion | undefined,
): number {
  return isAtLeast(version, 0, 21) ? (0.15 + 0.004 * layers) * GIB : 0;
}

/**
 * What vLLM takes on each GPU besides weights and KV cache: an estimate, argued in docs/sizing.md. Bytes.
 */
export function overheadBytes(
  model: OverheadModel,
  tensorParallelSize: number,
  question: BatchQuestion,
): number {
  return (
    outsideTorchBytes(tensorParallelSize) +
    activationBytes(model, tensorParallelSize, question) +
    graphBytes(model, question.version)
  );
}
