import type {
  Model,
  ModelVariant,
  PlanMemory,
} from '@promptside/backstage-plugin-genai-common';
import {
  overheadBytes,
  WEIGHTS_FACTOR,
  type OverheadDevice,
} from '../servingRuntimes/vllm/overhead';
import {
  BLOCK_TOKENS,
  kvBytesAt,
  kvBytesPerToken,
  kvGrowth,
  longestSequence,
} from './kvCache';

/** One replica on devices of one kind. */
export interface ReplicaSize {
  model: Model;
  variant: ModelVariant;
  device: OverheadDevice;
  tensorParallelSize: number;
  /** tokens */
  contextLength: number;
  kvCacheDtype: 'auto' | 'fp8';
  /** 0 to 1 */
  gpuMemoryUtilization: number;
}

/** The memory of a replica, with what the verdict needs besides. */
export interface SizedReplica extends PlanMemory {
  /** KV cache left on each GPU; negative when weights and engine alone are too much. */
  poolBytesPerGpu: number;
  /** One sequence at the asked context, on each GPU. */
  sequenceBytesPerGpu: number;
}

/**
 * Memory of one replica. Pure arithmetic: nothing here knows whether the devices are free.
 */
export function sizeReplica(size: ReplicaSize): SizedReplica {
  const { model, variant, device, tensorParallelSize, contextLength } = size;
  const growth = kvGrowth(model, tensorParallelSize, size.kvCacheDtype);
  // vLLM loads 32 bit weights in 16 bit.
  const halved =
    model.dtype === 'float32' && variant.quantization === 'none' ? 0.5 : 1;
  const weightsBytes = variant.weightsBytes * halved;
  const weightsBytesPerGpu =
    (weightsBytes * WEIGHTS_FACTOR) / tensorParallelSize;
  const overheadBytesPerGpu = overheadBytes(model, tensorParallelSize, device);
  const budgetBytesPerGpu = device.memoryBytes * size.gpuMemoryUtilization;
  const poolBytesPerGpu =
    budgetBytesPerGpu - weightsBytesPerGpu - overheadBytesPerGpu;

  const pool = Math.max(0, poolBytesPerGpu);
  const wholeBlocks = Math.ceil(contextLength / BLOCK_TOKENS) * BLOCK_TOKENS;
  const sequenceBytesPerGpu = kvBytesAt(growth, wholeBlocks);
  const evenGrowth = growth.slidingBytesPerToken + growth.fixedBytes === 0;
  const evenTokens =
    Math.floor(pool / (growth.bytesPerToken * BLOCK_TOKENS)) * BLOCK_TOKENS;
  const maxConcurrencyRatio = evenGrowth
    ? evenTokens / wholeBlocks
    : pool / sequenceBytesPerGpu;
  return {
    weightsBytes,
    weightsBytesPerGpu,
    kvBytesPerToken: kvBytesPerToken(model, size.kvCacheDtype),
    kvBytesAtContext: kvBytesAt(
      kvGrowth(model, 1, size.kvCacheDtype),
      contextLength,
    ),
    overheadBytesPerGpu,
    deviceBytes: device.memoryBytes,
    budgetBytesPerGpu,
    // Where windows slide, vLLM itself reports concurrency x length: no other number of tokens means anything there.
    kvPoolTokens: evenGrowth
      ? evenTokens
      : Math.floor(maxConcurrencyRatio * contextLength),
    maxConcurrencyRatio,
    longestContext: Math.min(
      model.contextLength,
      longestSequence(growth, pool),
    ),
    poolBytesPerGpu,
    sequenceBytesPerGpu,
  };
}
