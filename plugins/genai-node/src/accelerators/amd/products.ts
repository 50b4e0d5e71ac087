import type { AcceleratorProduct } from '../AcceleratorProduct';

/**
 * AMD products by their `amd.com/gpu.product-name` label (spaces are underscores there).
 * Sources: rocm.docs.amd.com gpu-arch-specs, memory that engine logs report.
 *
 * @public
 */
export const AMD_PRODUCTS: readonly AcceleratorProduct[] = [
  {
    vendor: 'amd',
    name: 'Instinct MI210',
    label: /MI210/,
    nominalMemoryGb: 64,
    visibleMemoryGib: 63.98,
    architecture: 'gfx90a',
    bf16: true,
    fp8: false,
    bandwidthGBps: 1638,
  },
  {
    vendor: 'amd',
    // The card has two dies and each is a device of its own: figures are of one die.
    name: 'Instinct MI250X',
    label: /MI250/,
    nominalMemoryGb: 64,
    visibleMemoryGib: 63.98,
    architecture: 'gfx90a',
    bf16: true,
    fp8: false,
    bandwidthGBps: 1638,
  },
  {
    vendor: 'amd',
    name: 'Instinct MI300X',
    label: /MI300X/,
    nominalMemoryGb: 192,
    visibleMemoryGib: 191.98,
    architecture: 'gfx942',
    bf16: true,
    fp8: true,
    bandwidthGBps: 5300,
  },
  {
    vendor: 'amd',
    name: 'Instinct MI325X',
    label: /MI325X/,
    nominalMemoryGb: 256,
    visibleMemoryGib: 255.9,
    architecture: 'gfx942',
    bf16: true,
    fp8: true,
    bandwidthGBps: 6000,
  },
  {
    vendor: 'amd',
    name: 'Instinct MI350X / MI355X',
    label: /MI35[05]X/,
    nominalMemoryGb: 288,
    visibleMemoryGib: 287.9,
    architecture: 'gfx950',
    bf16: true,
    fp8: true,
    bandwidthGBps: 8000,
  },
  {
    vendor: 'amd',
    name: 'Radeon PRO W7900',
    label: /W7900/,
    nominalMemoryGb: 48,
    visibleMemoryGib: 48,
    architecture: 'gfx1100',
    bf16: true,
    fp8: false,
    bandwidthGBps: 864,
  },
];
