import type { EngineQuestion } from './EngineSpoke';

const GIB = 2 ** 30;

/** Cores where a spec without devices does not say. */
const DEFAULT_CORES = 8;

/** Bytes of KV cache a token for a model that nobody knows: a large one with grouped heads. */
const KV_BYTES_PER_TOKEN = 160 * 2 ** 10;

/** What a replica needs of its node besides GPUs. */
export interface HostResources {
  /** cores; a limit beside the request keeps a LimitRange's default limit from being lower than the request */
  cpuRequest: number;
  cpuLimit: number;
  memoryGib: number;
}

/**
 * Cores: the API server and a worker a GPU spin, tokenising takes more in bursts. Memory: the weights pass through the page
 * cache while they are loaded, each worker keeps about 2 GiB, shared memory is charged to the pod.
 */
export function hostResources(
  question: EngineQuestion,
  sharedMemoryGib: number,
): HostResources {
  const { weightsBytes, gpuCount, spec } = question;
  if (gpuCount === 0) {
    const cores = spec.spec.cpu?.cores ?? DEFAULT_CORES;
    const cache = kvBytesPerToken(question) * spec.spec.contextLength;
    return {
      cpuRequest: cores,
      cpuLimit: cores,
      memoryGib:
        Math.ceil((weightsBytes * 1.1 + cache) / GIB) + 2 + sharedMemoryGib,
    };
  }
  return gpuHostResources(weightsBytes, gpuCount, sharedMemoryGib);
}

/** The same of a replica with GPUs, where there is no spec yet. */
export function gpuHostResources(
  weightsBytes: number,
  gpuCount: number,
  sharedMemoryGib: number,
): HostResources {
  const cpuRequest = 2 + 2 * gpuCount;
  return {
    cpuRequest,
    cpuLimit: 2 * cpuRequest,
    memoryGib:
      Math.ceil(weightsBytes / GIB) + 4 + 2 * gpuCount + sharedMemoryGib,
  };
}

/** As if every layer kept keys and values of the whole context: host memory that is too small ends in a kill. */
function kvBytesPerToken({ model }: EngineQuestion): number {
  if (!model) return KV_BYTES_PER_TOKEN;
  if (model.task === 'embedding' || model.task === 'rerank') return 0;
  return 2 * model.layers * model.kvHeads * model.headDim * 2;
}
