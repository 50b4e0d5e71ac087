/** Size limit of `/dev/shm` in GiB where NCCL, RCCL or oneCCL exchange between GPUs of a node through shared memory. */
export function multiGpuSharedMemory(gpuCount: number): number {
  if (gpuCount <= 1) return 2;
  return gpuCount <= 4 ? 8 : 16;
}
