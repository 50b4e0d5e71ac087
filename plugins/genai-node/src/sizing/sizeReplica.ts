import type {
  ModelVariant,
  PlanMemory,
} from '@promptside/backstage-plugin-genai-common';
import type { EngineVersion } from '../servingRuntimes/engineVersion';
import type { OverheadDevice } from '../servingRuntimes/vllm/overhead';
import { engineMemory } from './engineMemory';
import { kvBytesPerToken, sequenceBytes, type KvCacheDtype } from './kvCache';
import { kvPool } from './kvPool';
import type { CacheLayers, PlannedModel } from './PlannedModel';
import { weightsBytesPerGpu } from './weightsPerGpu';

/** One replica on devices of one kind. */
export interface ReplicaSize {
  model: PlannedModel;
  variant: ModelVariant;
  /** Default `vllm`. */
  engine?: string;
  engineVersion?: EngineVersion;
  device: OverheadDevice;
  tensorParallelSize: number;
  /** Default 1. */
  pipelineParallelSize?: number;
  /** tokens */
  contextLength: number;
  kvCacheDtype: KvCacheDtype;
  /** 0 to 1; absent: the engine's own default */
  gpuMemoryUtilization?: number;
}

/** The memory of a replica, with what the verdict needs besides. */
export interface SizedReplica extends PlanMemory {
  /** KV cache left on each GPU, or just memory where the engine keeps none; negative when weights and engine alone are too much. */
  poolBytesPerGpu: number;
  /** One sequence at the asked context as the engine reserves it, on each GPU. */
  sequenceBytesPerGpu: number;
}

/**
 * Memory of one replica. Pure arithmetic: nothing here knows whether the devices are free.
 */
export function sizeReplica(size: ReplicaSize): SizedReplica {
  const { model, device, tensorParallelSize, contextLength } = size;
  const pipeline = size.pipelineParallelSize ?? 1;
  const engine = engineMemory(size.engine ?? 'vllm', {
    ...size,
    version: size.engineVersion,
  });
  const variant = inMemory(size);
  const perGpu = weightsBytesPerGpu(
    model,
    variant,
    tensorParallelSize,
    pipeline,
  );
  const keepsCache = engine.layers.length > 0;
  const budgetBytesPerGpu =
    device.memoryBytes *
    ((keepsCache && size.gpuMemoryUtilization) || engine.defaultUtilization);
  const poolBytesPerGpu = budgetBytesPerGpu - perGpu - engine.overheadBytes;
  const known = {
    weightsBytes: variant.weightsBytes,
    weightsBytesPerGpu: perGpu,
    overheadBytesPerGpu: engine.overheadBytes,
    deviceBytes: device.memoryBytes,
    budgetBytesPerGpu,
    poolBytesPerGpu,
  };
  if (!keepsCache) {
    return {
      ...known,
      kvBytesPerToken: 0,
      kvBytesAtContext: 0,
      longestContext: longestText(size, budgetBytesPerGpu - perGpu),
      sequenceBytesPerGpu: 0,
    };
  }
  const pool = kvPool({
    ...engine,
    layers: ofStage(engine.layers, pipeline),
    tensorParallelSize,
    kvCacheDtype: size.kvCacheDtype,
    poolBytes: poolBytesPerGpu,
    contextLength,
    longestContext: model.contextLength,
  });
  return {
    ...known,
    kvBytesPerToken: kvBytesPerToken(model, size.kvCacheDtype),
    kvBytesAtContext: sequenceBytes(
      engine.layers,
      contextLength,
      1,
      size.kvCacheDtype,
    ),
    kvPoolTokens: pool.tokens,
    maxConcurrencyRatio: pool.concurrencyRatio,
    longestContext: pool.longestContext,
    sequenceBytesPerGpu: pool.sequenceBytes,
  };
}

/** Tokens of the longest text whose batch fits: the model's, else the asked one, else none. */
function longestText(size: ReplicaSize, bytesLeft: number): number {
  const fits = (contextLength: number) =>
    engineMemory(size.engine ?? 'vllm', { ...size, contextLength })
      .overheadBytes < bytesLeft;
  return [size.model.contextLength, size.contextLength].find(fits) ?? 0;
}

/** Engines load 32-bit weights in 16 bit. */
function inMemory({ model, variant }: ReplicaSize): ModelVariant {
  return model.dtype === 'float32' && variant.quantization === 'none'
    ? { ...variant, weightsBytes: variant.weightsBytes / 2 }
    : variant;
}

/** The fullest stage of a pipeline. */
function ofStage(
  layers: readonly CacheLayers[],
  stages: number,
): readonly CacheLayers[] {
  return stages === 1
    ? layers
    : layers.map(group => ({
        ...group,
        layers: Math.ceil(group.layers / stages),
      }));
}
