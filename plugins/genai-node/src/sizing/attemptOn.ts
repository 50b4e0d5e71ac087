import type {
  PlanMemory,
  PlanReason,
} from '@promptside/backstage-plugin-genai-common';
import { platformStanding } from '../servingRuntimes/platformStanding';
import type { Ask, Attempt } from './Attempt';
import { compareAttempts } from './compareAttempts';
import { placeableReplicas, type HardwareShape } from './hardwareShapes';
import { platformOfDevice } from './judgeEngine';
import { imageRelease } from './imageRelease';
import { judgeHardware } from './judgeHardware';
import { judgeQueue } from './judgeQueue';
import { judgeReplica, type Split } from './judgeReplica';
import type { SizedReplica } from './sizeReplica';
import { splitOf } from './splitOf';
import { tensorParallelSizes } from './tensorParallel';
import { bySeverity, verdictOf } from './verdict';

/** The best way to run it on devices of this kind: the asked number of them, else the smallest that suffices. */
export function attemptOn(asked: Ask, shape: HardwareShape): Attempt {
  const { ask, reasons } = imageRelease(asked, shape);
  return gpuCounts(ask, shape)
    .map(count => attemptWith(ask, shape, count, reasons))
    .reduce((best, next) => (compareAttempts(next, best) < 0 ? next : best));
}

function gpuCounts(ask: Ask, shape: HardwareShape): number[] {
  const asked = ask.gpuCount ?? ask.tensorParallelSize;
  if (asked !== undefined) return [asked];
  if (shape.sharing !== 'Whole') return [1];
  const sizes = tensorParallelSizes(ask.model, shape.largestNode);
  return sizes.length > 0 ? sizes : [1];
}

function attemptWith(
  ask: Ask,
  shape: HardwareShape,
  gpuCount: number,
  ofImage: readonly PlanReason[],
): Attempt {
  const { variant, kvCacheDtype } = ask;
  const split = splitOf({
    gpuCount,
    tensorParallelSize: ask.tensorParallelSize,
  });
  const { size, engineRuns, memorySuffices, reasons } = judgeReplica(
    ask,
    shape,
    split,
  );
  const { queue, reasons: ofQueue } = judgeQueue(ask, shape, gpuCount);
  reasons.push(
    ...ofImage,
    ...ofQueue,
    ...judgePipeline(split),
    ...judgeHardware(ask, shape, gpuCount),
  );
  return {
    shape,
    ask,
    engineRuns,
    standing: platformStanding(ask.engine, platformOfDevice(shape)),
    memorySuffices,
    costBytes: gpuCount * (shape.memoryBytes ?? 0),
    candidate: {
      cluster: shape.cluster,
      ...(queue ? { queue } : {}),
      vendor: shape.vendor,
      ...(shape.selector ? { product: shape.selector } : {}),
      resource: shape.resource,
      sharing: shape.sharing,
      gpuCount,
      tensorParallelSize: split.tensorParallelSize,
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

/** The golden path deploys one group of GPUs; a pipeline is a plan for another way to deploy. */
function judgePipeline({
  gpuCount,
  tensorParallelSize,
  pipelineParallelSize,
}: Split): PlanReason[] {
  return pipelineParallelSize > 1
    ? [
        {
          code: 'PipelineNotRendered',
          field: 'tensorParallelSize',
          severity: 'Warning',
          message: `${gpuCount} GPUs with a tensor parallel size of ${tensorParallelSize} are ${pipelineParallelSize} stages of a pipeline, for which the golden path writes no manifests. Choose a gpuCount of ${tensorParallelSize}, or leave the tensorParallelSize out.`,
        },
      ]
    : [];
}

function planMemory(size: SizedReplica): PlanMemory {
  const { poolBytesPerGpu: _, sequenceBytesPerGpu: __, ...memory } = size;
  return memory;
}
