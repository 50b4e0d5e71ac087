import type { AcceleratorResource } from '../AcceleratorSpoke';

/** Compute partition mode and memory mode, e.g. `cpx_nps4`. */
const PARTITION = /^amd\.com\/((?:spx|dpx|tpx|qpx|cpx)_nps\d+)$/;

/**
 * `amd.com/gpu` (the single naming strategy, whole GPUs and partitions alike) and `amd.com/<mode>` (the mixed one).
 * `spx` is the unpartitioned mode.
 */
export function readResource(
  resource: string,
): AcceleratorResource | undefined {
  if (resource === 'amd.com/gpu') {
    return { vendor: 'amd', resource, sharing: 'Whole' };
  }
  const profile = PARTITION.exec(resource)?.[1];
  return profile
    ? {
        vendor: 'amd',
        resource,
        sharing: profile.startsWith('spx') ? 'Whole' : 'Partition',
        profile,
      }
    : undefined;
}
