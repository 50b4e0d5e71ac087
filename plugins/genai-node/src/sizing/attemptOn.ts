import type { PlanMemory } from '@promptside/backstage-plugin-genai-common';
import type { Ask, Attempt } from './Attempt';
import { compareAttempts } from './compareAttempts';
import { placeableReplicas, type HardwareShape } from './hardwareShapes';
import { judgeHardware } from './judgeHardware';
import { judgeReplica } from './judgeReplica';
import type { SizedReplica } from './sizeReplica';
import { tensorParallelSizes } from './tensorParallel';
import { bySeverity, verdictOf } from './verdict';

/** The best way to run it on devices of this kind: the asked number of them, else the smallest that suffices. */
export function attemptOn(ask: Ask, shape: HardwareShape): Attempt {
  const counts = gpuCounts(ask, shape);
  return counts
    .map(count => attemptWith(ask, shape, count))
    .reduce((best, next) => (compareAttempts(next, best) < 0 ? next : best));
}

function gpuCounts(ask: Ask, shape: HardwareShape): number[] {
  if (ask.gpuCount !== undefined) return [ask.gpuCount];
  if (shape.sharing !== 'Whole') return [1];
  const sizes = tensorParallelSizes(ask.model, shape.largestNode);
  return sizes.length > 0 ? sizes : [1];
}

function attemptWith(
  ask: Ask,
  shape: HardwareShape,
  gpuCount: number,
): Attempt {
  const { variant, kvCacheDtype } = ask;
  const { size, memorySuffices, reasons } = judgeReplica(ask, shape, {
    gpuCount,
    tensorParallelSize: gpuCount,
    pipelineParallelSize: 1,
  });
  reasons.push(...judgeHardware(ask, shape, gpuCount));
  return {
    shape,
    ask,
    memorySuffices,
    costBytes: gpuCount * (shape.memoryBytes ?? 0),
    candidate: {
      cluster: shape.cluster,
      vendor: shape.vendor,
      ...(shape.selector ? { product: shape.selector } : {}),
      resource: shape.resource,
      sharing: shape.sharing,
      gpuCount,
      tensorParallelSize: gpuCount,
      quantization: variant.quantization,
      contextLength: ask.contextLength,
      ...(kvCacheDtype === 'auto' ? {} : { kvCacheDtype }),
      ...(ask.gpuMemoryUtilization === undefined
        ? {}
        : { gpuMemoryUtilization: ask.gpuMemoryUtilization }),
      verdict: verdictOf(reasons, size !== undefined),
      reasons: reasons.sort(bySeverity),
      ...(size ? { memory: planMemory(size) } : {}),
      freeCount: shape.freeCount,
      placeableReplicas: placeableReplicas(shape, gpuCount),
    },
  };
}

function planMemory(size: SizedReplica): PlanMemory {
  const { poolBytesPerGpu: _, sequenceBytesPerGpu: __, ...memory } = size;
  return memory;
}
