/** GiB; NVIDIA asks for 16 where several GPUs have no NVLink, and who knows that. */
export function nimSharedMemoryGib(gpuCount: number): number {
  return gpuCount > 1 ? 16 : 2;
}
