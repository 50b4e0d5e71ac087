import type { AcceleratorVendor } from '@promptside/backstage-plugin-genai-common';

/**
 * Facts of one accelerator product. Figures are what drivers report and data sheets say; a figure nobody published is absent.
 *
 * @public
 */
export interface AcceleratorProduct {
  vendor: AcceleratorVendor;
  /** Name for people and key of the table, e.g. `H100 SXM 80GB`. */
  name: string;
  /** Matches the vendor's product label (without `-SHARED` and MIG suffix). The first product that matches wins. */
  label: RegExp;
  /** Memory of one device as the driver reports it, GiB; the lower end where reports differ. */
  visibleMemoryGib?: number;
  /** Memory as sold, GB. */
  nominalMemoryGb: number;
  /** Architecture as the toolchain names it: `sm_90`, `gfx942`, `Xe-HPC`. */
  architecture: string;
  /** CUDA compute capability; NVIDIA only. */
  computeCapability?: number;
  /** Computes bfloat16 natively. */
  bf16: boolean;
  /** Computes FP8 natively (weights and activations). */
  fp8: boolean;
  /** Memory bandwidth of one device, GB/s. */
  bandwidthGBps?: number;
}
