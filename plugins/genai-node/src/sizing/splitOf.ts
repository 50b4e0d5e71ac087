import { InputError } from '@backstage/errors';
import type { Split } from './judgeReplica';

/**
 * How a replica's GPUs are divided. Without a tensor parallel size all of them are one group; a smaller one makes the groups
 * stages of a pipeline.
 *
 * @throws InputError when the GPUs cannot be dealt out to the stages that were asked for
 */
export function splitOf({
  gpuCount,
  tensorParallelSize,
  pipelineParallelSize,
}: {
  gpuCount?: number;
  tensorParallelSize?: number;
  pipelineParallelSize?: number;
}): Split {
  const gpus =
    gpuCount ?? (tensorParallelSize ?? 1) * (pipelineParallelSize ?? 1);
  const group = tensorParallelSize ?? gpus / (pipelineParallelSize ?? 1);
  if (!Number.isInteger(group)) {
    throw new InputError(
      `gpuCount ${gpus} is no multiple of pipelineParallelSize ${pipelineParallelSize}`,
    );
  }
  return {
    gpuCount: gpus,
    tensorParallelSize: group,
    pipelineParallelSize:
      pipelineParallelSize ?? Math.max(1, Math.floor(gpus / group)),
  };
}
