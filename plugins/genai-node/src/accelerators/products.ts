import type { AcceleratorVendor } from '@promptside/backstage-plugin-genai-common';
import type { AcceleratorProduct } from './AcceleratorProduct';
import { AMD_PRODUCTS } from './amd/products';
import { INTEL_PRODUCTS } from './intel/products';
import { NVIDIA_PRODUCTS } from './nvidia/products';

/**
 * Every product that is known, NVIDIA first.
 *
 * @public
 */
export const ACCELERATOR_PRODUCTS: readonly AcceleratorProduct[] = [
  ...NVIDIA_PRODUCTS,
  ...AMD_PRODUCTS,
  ...INTEL_PRODUCTS,
];

const GIB = 2 ** 30;

/**
 * The product behind a label value as answers carry it (without `-SHARED` and MIG suffix).
 * `undefined` when the label is absent or names a product that is not known.
 *
 * @public
 */
export function findProduct(
  vendor: AcceleratorVendor,
  label: string | undefined,
): AcceleratorProduct | undefined {
  if (!label) return undefined;
  return ACCELERATOR_PRODUCTS.find(
    product => product.vendor === vendor && product.label.test(label),
  );
}

/**
 * Memory of one whole device from the product table, in bytes; `undefined` when it is not known.
 *
 * @public
 */
export function productMemoryBytes(
  vendor: AcceleratorVendor,
  label: string | undefined,
): number | undefined {
  const gib = findProduct(vendor, label)?.visibleMemoryGib;
  return gib === undefined ? undefined : Math.round(gib * GIB);
}
