/** One device, one process: hardly any. GiB. */
export function teiSharedMemoryGib(): number {
  return 1;
}
