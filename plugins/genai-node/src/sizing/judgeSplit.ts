import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import type { Ask } from './Attempt';
import type { PlanDevice, Split } from './judgeReplica';
import { tensorParallelProblem, tensorParallelSizes } from './tensorParallel';

/** Whether the model can be divided so among the GPUs of a replica. */
export function judgeSplit(
  { model, engine, spoke }: Ask,
  device: PlanDevice,
  { gpuCount, tensorParallelSize, pipelineParallelSize }: Split,
): PlanReason[] {
  if (gpuCount > 1 && device.sharing !== 'Whole') {
    return [
      {
        code: 'SliceNotShared',
        field: 'gpuCount',
        severity: 'Blocking',
        message: `Slices do not work together: one ${device.name} must hold the whole model. Choose a gpuCount of 1, a larger slice or whole GPUs.`,
      },
    ];
  }
  if (tensorParallelSize * pipelineParallelSize !== gpuCount) {
    return [
      {
        code: 'InvalidTensorParallelSize',
        field: 'tensorParallelSize',
        severity: 'Blocking',
        message: `${gpuCount} GPUs cannot be divided into groups of ${tensorParallelSize}. Choose a gpuCount that is a multiple of the tensorParallelSize.`,
      },
    ];
  }
  if (pipelineParallelSize > model.layers) {
    return [
      {
        code: 'InvalidPipelineParallelSize',
        field: 'gpuCount',
        severity: 'Blocking',
        message: `${model.title} has ${model.layers} layers, which ${pipelineParallelSize} stages cannot share. Choose at most ${model.layers}.`,
      },
    ];
  }
  // llama.cpp gives whole layers to each GPU.
  if ((spoke.sizedAs ?? engine) === 'llama-cpp') return [];
  const problem = tensorParallelProblem(model, tensorParallelSize);
  if (problem) {
    const valid = tensorParallelSizes(model, 64).join(', ');
    return [
      {
        code: 'InvalidTensorParallelSize',
        field: 'gpuCount',
        severity: 'Blocking',
        message: `${model.title} does not run on ${tensorParallelSize} GPUs: ${problem}. Choose one of ${valid}.`,
      },
    ];
  }
  // eslint-disable-next-line no-bitwise
  return (tensorParallelSize & (tensorParallelSize - 1)) === 0
    ? []
    : [
        {
          code: 'UnusualTensorParallelSize',
          field: 'gpuCount',
          severity: 'Warning',
          message: `${tensorParallelSize} GPUs are not a power of two: the split is valid, but engines are hardly tested with it.`,
        },
      ];
}
