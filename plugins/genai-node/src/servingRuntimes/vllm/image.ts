import type { AcceleratorVendor } from '@promptside/backstage-plugin-genai-common';

/** Release that the golden path is written for; its sizing and flags are those of this release. */
const VERSION = 'v0.32.0';

/** The one table of images. A vendor without a row is refused by plan and builder. */
const IMAGES: Readonly<Partial<Record<AcceleratorVendor, string>>> = {
  nvidia: `vllm/vllm-openai:${VERSION}`,
  amd: `vllm/vllm-openai-rocm:${VERSION}`,
};

/** Pinned image for a vendor's GPUs; `undefined` when there is none. */
export function vllmImage(vendor: AcceleratorVendor): string | undefined {
  return IMAGES[vendor];
}
