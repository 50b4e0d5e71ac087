/** One process drives all GPUs and shares nothing through `/dev/shm`. GiB. */
export function llamaCppSharedMemoryGib(): number {
  return 1;
}
