import type { AcceleratorProduct } from '../AcceleratorProduct';

/**
 * Intel products by their `gpu.intel.com/product` label. Intel publishes no memory label, so this table is the only source
 * of memory for its GPUs. Gaudi has no product label; its rows serve callers that know the product otherwise.
 * Sources: data sheets, docs.habana.ai, memory that engine logs report.
 *
 * @public
 */
export const INTEL_PRODUCTS: readonly AcceleratorProduct[] = [
  {
    vendor: 'intel',
    name: 'Data Center GPU Flex 170',
    label: /^Flex_170$/,
    nominalMemoryGb: 16,
    visibleMemoryGib: 14,
    architecture: 'Xe-HPG',
    bf16: true,
    fp8: false,
    bandwidthGBps: 576,
  },
  {
    vendor: 'intel',
    name: 'Data Center GPU Max 1100',
    label: /^Max_1100$/,
    nominalMemoryGb: 48,
    visibleMemoryGib: 48,
    architecture: 'Xe-HPC',
    bf16: true,
    fp8: false,
    bandwidthGBps: 1229,
  },
  {
    vendor: 'intel',
    // One device of two tiles with 64 GiB each.
    name: 'Data Center GPU Max 1550',
    label: /^Max_1550$/,
    nominalMemoryGb: 128,
    visibleMemoryGib: 128,
    architecture: 'Xe-HPC',
    bf16: true,
    fp8: false,
    bandwidthGBps: 3277,
  },
  {
    vendor: 'intel',
    name: 'Arc Pro B60',
    label: /B60/,
    nominalMemoryGb: 24,
    visibleMemoryGib: 23.9,
    architecture: 'Xe2',
    bf16: true,
    fp8: false,
    bandwidthGBps: 456,
  },
  {
    vendor: 'intel',
    name: 'Arc Pro B70',
    label: /B70/,
    nominalMemoryGb: 32,
    visibleMemoryGib: 31.9,
    architecture: 'Xe2',
    bf16: true,
    fp8: false,
    bandwidthGBps: 608,
  },
  {
    vendor: 'intel',
    name: 'Gaudi 2',
    label: /Gaudi[-_]?2/i,
    nominalMemoryGb: 96,
    visibleMemoryGib: 94.62,
    architecture: 'HPU',
    bf16: true,
    fp8: true,
    bandwidthGBps: 2450,
  },
  {
    vendor: 'intel',
    name: 'Gaudi 3',
    label: /Gaudi[-_]?3/i,
    nominalMemoryGb: 128,
    visibleMemoryGib: 126,
    architecture: 'HPU',
    bf16: true,
    fp8: true,
    bandwidthGBps: 3700,
  },
];
