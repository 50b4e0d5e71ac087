const GIB = 2 ** 30;

/** What a replica needs of its node besides GPUs. */
export interface HostResources {
  /** cores; a limit beside the request keeps a LimitRange's default limit from being lower than the request */
  cpuRequest: number;
  cpuLimit: number;
  memoryGib: number;
  /** Size limit of `/dev/shm`; counts towards the memory limit. */
  sharedMemoryGib: number;
}

/**
 * Cores: the API server and a worker a GPU spin, tokenising takes more in bursts. Memory: the weights pass through the page
 * cache while they are loaded, each worker keeps about 2 GiB, shared memory is charged to the pod.
 */
export function hostResources(
  weightsBytes: number,
  gpuCount: number,
): HostResources {
  const sharedMemoryGib = sharedMemory(gpuCount);
  const cpuRequest = 2 + 2 * gpuCount;
  return {
    cpuRequest,
    cpuLimit: 2 * cpuRequest,
    memoryGib:
      Math.ceil(weightsBytes / GIB) + 4 + 2 * gpuCount + sharedMemoryGib,
    sharedMemoryGib,
  };
}

/** NCCL exchanges between GPUs of a node through shared memory. */
function sharedMemory(gpuCount: number): number {
  if (gpuCount === 1) return 2;
  return gpuCount <= 4 ? 8 : 16;
}
