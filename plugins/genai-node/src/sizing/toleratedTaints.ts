import type { AcceleratorVendor } from '@promptside/backstage-plugin-genai-common';

/** Taint keys by convention; a cluster may also use the resource's own name. */
const VENDOR_KEYS: Readonly<Record<AcceleratorVendor, readonly string[]>> = {
  nvidia: ['nvidia.com/gpu'],
  amd: ['amd.com/gpu'],
  intel: [],
};

/**
 * Taint keys that our pods tolerate (operator `Exists`): those that say "GPU pods only". Planner and manifest builder share
 * them, so that a node counts as free exactly when the pod could land there.
 */
export function toleratedTaintKeys(
  vendor: AcceleratorVendor,
  resource: string,
): string[] {
  return [...new Set([...VENDOR_KEYS[vendor], resource])];
}
