import type { PlanCandidate } from '@promptside/backstage-plugin-genai-common';

/** A piece of one GPU's memory. */
export interface MemoryPart {
  key: 'weights' | 'engine' | 'kv' | 'kvLeft' | 'outside';
  bytes: number;
}

/** One GPU of a replica; every GPU of it looks the same. */
export interface MemoryParts {
  parts: MemoryPart[];
  deviceBytes: number;
  /** End of what the engine may take. */
  budgetBytes: number;
  /** How much weights, engine and one sequence exceed the budget; 0 when they do not. */
  missingBytes: number;
}

/**
 * Splits the memory of one GPU into weights, engine, KV cache of one sequence at the asked context, KV cache left, and what
 * the engine leaves alone. Where the planner could not give the sequence any room its share is taken as equal on all GPUs.
 * Absent when nothing is known of the device.
 */
export function memoryParts(
  candidate: Pick<PlanCandidate, 'memory' | 'gpuCount'>,
): MemoryParts | undefined {
  const { memory, gpuCount } = candidate;
  if (!memory) return undefined;
  const { weightsBytesPerGpu, overheadBytesPerGpu, maxConcurrencyRatio } =
    memory;
  const keepsCache = maxConcurrencyRatio !== undefined;
  const budgetBytes = memory.budgetBytesPerGpu;
  const pool = budgetBytes - weightsBytesPerGpu - overheadBytesPerGpu;
  const kv =
    pool > 0 && keepsCache && maxConcurrencyRatio > 0
      ? pool / maxConcurrencyRatio
      : memory.kvBytesAtContext / gpuCount;
  const wanted = weightsBytesPerGpu + overheadBytesPerGpu + kv;
  const all: MemoryPart[] = [
    { key: 'weights', bytes: weightsBytesPerGpu },
    { key: 'engine', bytes: overheadBytesPerGpu },
    { key: 'kv', bytes: kv },
    {
      key: 'kvLeft',
      bytes: keepsCache ? Math.max(0, budgetBytes - wanted) : 0,
    },
    {
      key: 'outside',
      bytes: Math.max(
        0,
        memory.deviceBytes -
          (keepsCache ? Math.max(budgetBytes, wanted) : wanted),
      ),
    },
  ];
  return {
    parts: all.filter(({ bytes }) => bytes > 0),
    deviceBytes: memory.deviceBytes,
    budgetBytes,
    missingBytes: Math.max(0, wanted - budgetBytes),
  };
}
