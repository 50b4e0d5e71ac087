import type { AcceleratorResource } from '../AcceleratorSpoke';

/**
 * `i915` and `xe` by kernel driver, and Gaudi. Not devices: `gpu.intel.com/monitoring` and its split forms (read access for
 * exporters), and `tiles`, `millicores`, `memory.max` of the scheduling extension that was removed.
 */
const RESOURCES = new Set([
  'gpu.intel.com/i915',
  'gpu.intel.com/xe',
  'habana.ai/gaudi',
]);

/** The name cannot tell that devices are shared (`sharedDevNum`): the label with the device count does. */
export function readResource(
  resource: string,
): AcceleratorResource | undefined {
  return RESOURCES.has(resource)
    ? { vendor: 'intel', resource, sharing: 'Whole' }
    : undefined;
}
