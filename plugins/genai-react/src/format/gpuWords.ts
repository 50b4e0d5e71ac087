import type {
  AcceleratorVendor,
  GpuSharing,
} from '@promptside/backstage-plugin-genai-common';

/** How a vendor writes its own name. @public */
export const VENDOR_NAMES: Record<AcceleratorVendor, string> = {
  nvidia: 'NVIDIA',
  amd: 'AMD',
  intel: 'Intel',
};

/** What one schedulable device of a kind of sharing is called. @public */
export const SHARING_NAMES: Record<GpuSharing, string> = {
  Whole: 'Whole GPU',
  Mig: 'MIG slice',
  Partition: 'Partition',
  TimeSlicing: 'Time-sliced slot',
  Mps: 'MPS slot',
  Shared: 'Shared slot',
};

/**
 * A product label as a person writes it: `NVIDIA-H100-80GB-HBM3` becomes `H100 80GB HBM3` (the vendor stands beside it).
 * Without a product label the resource name is all that is known.
 *
 * @public
 */
export function formatProduct(gpu: {
  vendor: AcceleratorVendor;
  product?: string;
  resource: string;
}): string {
  if (!gpu.product) return gpu.resource;
  const words = gpu.product.replace(/[-_]+/g, ' ').trim();
  const vendor = new RegExp(`^${VENDOR_NAMES[gpu.vendor]}\\s+`, 'i');
  return words.replace(vendor, '') || words;
}

/**
 * What one device is: product, and profile where it is a slice, e.g. `A100 SXM4 80GB · 1g.10gb`.
 *
 * @public
 */
export function formatDevice(gpu: {
  vendor: AcceleratorVendor;
  product?: string;
  profile?: string;
  resource: string;
}): string {
  const product = formatProduct(gpu);
  return gpu.profile ? `${product} · ${gpu.profile}` : product;
}
