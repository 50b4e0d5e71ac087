import type { AcceleratorProduct } from '../AcceleratorProduct';

type Row = [
  name: string,
  label: RegExp,
  nominalGb: number,
  visibleGib: number | undefined,
  computeCapability: number,
  bandwidthGBps: number,
];

/**
 * Order matters: the first match wins, so longer names stand before their prefixes.
 * Sources: developer.nvidia.com/cuda-gpus (compute capability), memory that drivers and engine logs report, data sheets
 * (bandwidth).
 */
const ROWS: readonly Row[] = [
  ['T4', /^(Tesla|NVIDIA)-T4$/, 16, 14.6, 7.5, 320],
  ['V100 32GB', /V100.*32GB/, 32, 31.7, 7.0, 900],
  ['V100 16GB', /V100/, 16, 15.8, 7.0, 900],
  ['GeForce RTX 3090', /RTX-3090/, 24, 23.58, 8.6, 936],
  ['GeForce RTX 4090', /RTX-4090/, 24, 23.55, 8.9, 1008],
  ['GeForce RTX 5090', /RTX-5090/, 32, 31.8, 12.0, 1792],
  ['A10G', /^NVIDIA-A10G$/, 24, 22.0, 8.6, 600],
  ['A10', /^NVIDIA-A10$/, 24, 22.0, 8.6, 600],
  ['A30', /^NVIDIA-A30$/, 24, 23.6, 8.0, 933],
  ['A40', /^NVIDIA-A40$/, 48, 45.0, 8.6, 696],
  ['RTX A6000', /RTX-A6000/, 48, 47.5, 8.6, 768],
  ['RTX 6000 Ada', /RTX-6000-Ada/, 48, 47.5, 8.9, 960],
  ['RTX PRO 6000 Blackwell', /RTX-PRO-6000/, 96, 95, 12.0, 1597],
  ['L40', /^NVIDIA-L40$/, 48, 44.5, 8.9, 864],
  ['L40S', /^NVIDIA-L40S$/, 48, 44.5, 8.9, 864],
  ['L4', /^NVIDIA-L4$/, 24, 22.0, 8.9, 300],
  ['A100 40GB', /A100.*40GB/, 40, 39.4, 8.0, 1555],
  ['A100 80GB', /A100.*80GB/, 80, 79.2, 8.0, 2039],
  // A100 and H100 with slower links between GPUs.
  ['A800 80GB', /A800.*80GB/, 80, 79.2, 8.0, 2039],
  ['H800', /H800/, 80, 79.2, 9.0, 3350],
  ['GH200 141GB', /GH200.*(141|144)GB/, 141, 139, 9.0, 4900],
  ['GH200 96GB', /GH200/, 96, 94.5, 9.0, 4000],
  ['H200', /H200/, 141, 139.8, 9.0, 4800],
  ['H100 NVL', /H100-NVL/, 94, 93.1, 9.0, 3938],
  ['H100 PCIe', /H100.*PCIe/i, 80, 79.2, 9.0, 2000],
  ['H100 SXM', /H100/, 80, 79.2, 9.0, 3350],
  ['H20', /^NVIDIA-H20$/, 96, 95.6, 9.0, 4000],
  ['B300', /B300/, 288, 268, 10.3, 8000],
  ['B200', /B200/, 180, 178, 10.0, 8000],
  // Its memory is shared with the CPU: how much of it a driver gives is not fixed.
  ['GB10', /^NVIDIA-GB10$/, 128, undefined, 12.1, 273],
];

/**
 * NVIDIA products by their `nvidia.com/gpu.product` label.
 *
 * @public
 */
export const NVIDIA_PRODUCTS: readonly AcceleratorProduct[] = ROWS.map(
  ([name, label, nominal, visible, capability, bandwidth]) => ({
    vendor: 'nvidia',
    name,
    label,
    nominalMemoryGb: nominal,
    ...(visible === undefined ? {} : { visibleMemoryGib: visible }),
    architecture: `sm_${Math.round(capability * 10)}`,
    computeCapability: capability,
    // Tensor cores know bfloat16 from Ampere (8.0) and FP8 from Ada (8.9) on.
    bf16: capability >= 8,
    fp8: capability >= 8.9,
    bandwidthGBps: bandwidth,
  }),
);
