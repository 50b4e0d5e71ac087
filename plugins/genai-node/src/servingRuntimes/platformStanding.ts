import type {
  InferenceEngine,
  KnownEngine,
} from '@promptside/backstage-plugin-genai-common';
import type { ImagePlatform } from './images';

/** Of a platform that is not in the table. */
const LAST = 9;

/** vLLM's own order, which all have that are built around it. */
const VLLM = { nvidia: 0, amd: 1, intel: 2, gaudi: 3 } as const;
const TGI = { nvidia: 0, amd: 1, gaudi: 2, intel: 2 } as const;

/**
 * How much at home an engine is on a platform: 0 is where its authors develop and test first. Chooses among devices that
 * would all do.
 */
const STANDING: Readonly<
  Record<KnownEngine, Readonly<Partial<Record<ImagePlatform, number>>>>
> = {
  // Installation guide: CUDA, ROCm, then XPU with "initially supports basic model inference"; Gaudi is a plugin outside the
  // repository (docs/getting_started/installation/README.md, gpu.xpu.inc.md).
  vllm: VLLM,
  // NVIDIA builds the images with CUDA alone (triton/limits.ts).
  triton: VLLM,
  // The Hugging Face runtime has a CUDA image alone (kserve/limits.ts).
  kserve: VLLM,
  // NVIDIA's own (nim/limits.ts).
  nim: VLLM,
  // Release images for CUDA; those for AMD are older and for one architecture each (images.ts); for Intel a Dockerfile only.
  sglang: { nvidia: 0, amd: 1, intel: 2 },
  // Supported hardware of the README at db931fcf: Nvidia, AMD, then Inferentia, Intel, Gaudi.
  tgi: TGI,
  'tgi-substratus': TGI,
  // docs/build.md has CUDA and HIP alike; the SYCL image is of an older release (images.ts).
  'llama-cpp': { nvidia: 0, amd: 0, intel: 1, cpu: 2 },
  // One image for each NVIDIA generation; Gaudi and XPU through IPEX beside them (README at 0d124dc).
  tei: { nvidia: 0, gaudi: 1, intel: 1, cpu: 2 },
};

/** The smaller, the more at home the engine is there. An added one is at home where it has images. */
export function platformStanding(
  engine: InferenceEngine,
  platform: ImagePlatform,
): number {
  const ours = STANDING[engine as KnownEngine] as
    (typeof STANDING)[KnownEngine] | undefined;
  return ours ? (ours[platform] ?? LAST) : 0;
}
