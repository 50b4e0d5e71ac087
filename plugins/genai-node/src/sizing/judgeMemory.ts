import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import type { Ask } from './Attempt';
import { formatCount, formatGib, plural } from './format';
import type { PlanDevice } from './judgeReplica';
import type { SizedReplica } from './sizeReplica';

/** Estimates of the engine's own memory differ by so much from what is measured. Less left than this is no safe fit. */
const MARGIN_BYTES = 0.5 * 2 ** 30;

/** Whether weights, engine and KV cache go into the devices, in numbers. */
export function judgeMemory(
  ask: Ask,
  shape: PlanDevice,
  gpuCount: number,
  size: SizedReplica,
): PlanReason[] {
  const { model, contextLength } = ask;
  const utilization = size.budgetBytesPerGpu / size.deviceBytes;
  const place = `${plural(gpuCount, 'GPU')} ${shape.name}`;
  const budget = `${formatGib(size.budgetBytesPerGpu)} of ${formatGib(
    size.deviceBytes,
  )} may be used (gpuMemoryUtilization ${utilization.toFixed(2)})`;
  const larger =
    shape.sharing === 'Whole'
      ? 'Choose more or larger GPUs, or quantized weights'
      : 'Choose a larger slice, a whole GPU or quantized weights';

  if (size.poolBytesPerGpu <= 0) {
    return [
      {
        code: 'InsufficientGpuMemory',
        field: 'gpuCount',
        severity: 'Blocking',
        message: `${model.title} on ${place} needs ${formatGib(
          size.weightsBytesPerGpu,
        )} for weights and ${formatGib(
          size.overheadBytesPerGpu,
        )} for the engine on each GPU, of which ${budget}. ${larger}.`,
      },
    ];
  }

  // No pool: the engine keeps no KV cache, and requests beyond a batch wait for the next.
  const { kvPoolTokens, maxConcurrencyRatio } = size;
  if (kvPoolTokens === undefined || maxConcurrencyRatio === undefined) {
    return judgeBatch(ask, place, size);
  }

  const sequences = ask.concurrency ?? 1;
  const needed = sequences * size.sequenceBytesPerGpu;
  const left = `${formatGib(size.poolBytesPerGpu)} a GPU`;
  const asked = `${plural(sequences, 'sequence')} of ${plural(
    contextLength,
    'token',
  )}`;
  if (needed > size.poolBytesPerGpu) {
    const way =
      sequences > 1 && maxConcurrencyRatio >= 1
        ? `Choose a concurrency of at most ${Math.floor(
            maxConcurrencyRatio,
          )}, or a shorter context`
        : `Choose a context of at most ${plural(size.longestContext, 'token')}`;
    return [
      {
        code: 'InsufficientKvCache',
        field:
          sequences > 1 && maxConcurrencyRatio >= 1
            ? 'concurrency'
            : 'contextLength',
        severity: 'Blocking',
        message: `On ${place} ${left} are left for the KV cache; ${asked} need ${formatGib(
          needed,
        )}. ${way}, more GPUs or a KV cache in FP8.`,
      },
    ];
  }
  if (size.poolBytesPerGpu - needed < MARGIN_BYTES) {
    return [
      {
        code: 'NarrowMargin',
        field: 'contextLength',
        severity: 'Warning',
        message: `On ${place} ${left} are left for the KV cache and ${asked} need ${formatGib(
          needed,
        )}: the difference is within the error of the estimate (0.5 GiB). Choose a shorter context to be safe.`,
      },
    ];
  }
  if (ask.concurrency === undefined && maxConcurrencyRatio < 2) {
    return [
      {
        code: 'OneSequence',
        field: 'contextLength',
        severity: 'Warning',
        message: `The KV cache on ${place} holds ${formatCount(
          kvPoolTokens,
        )} tokens: one sequence of ${plural(
          contextLength,
          'token',
        )} at a time, others wait. Choose more GPUs or a shorter context for more.`,
      },
    ];
  }
  return [];
}

/** One batch on its way through the model, where nothing else takes memory. */
function judgeBatch(
  { contextLength }: Ask,
  place: string,
  { poolBytesPerGpu }: SizedReplica,
): PlanReason[] {
  if (poolBytesPerGpu >= MARGIN_BYTES) return [];
  return [
    {
      code: 'NarrowMargin',
      field: 'contextLength',
      severity: 'Warning',
      message: `On ${place} ${formatGib(poolBytesPerGpu)} are left beside weights and a batch of texts of ${plural(
        contextLength,
        'token',
      )}: that is within the error of the estimate (0.5 GiB). Choose a larger GPU to be safe.`,
    },
  ];
}
