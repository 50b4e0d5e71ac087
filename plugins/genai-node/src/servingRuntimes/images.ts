import type { InferenceEngine } from '@promptside/backstage-plugin-genai-common';
import type { AcceleratorProduct } from '../accelerators';

/** What an image is built for. `gaudi` is a vendor's second family with a toolchain of its own. */
export type ImagePlatform = 'nvidia' | 'amd' | 'intel' | 'gaudi' | 'cpu';

/**
 * Row of a table of images: platform, or platform and compute capability or architecture (`nvidia/8.9`, `amd/gfx950`) or, for
 * NIM, model id. The more exact row wins.
 *
 * @public
 */
export type ImageRow = `${ImagePlatform}` | `${ImagePlatform}/${string}`;

/**
 * What has images: the engines, and the Job that downloads weights into a shared volume (row `cpu` alone; it needs `hf` of
 * huggingface_hub 1.0 or later, a shell and coreutils).
 *
 * @public
 */
export type ImageOwner = InferenceEngine | 'download';

/**
 * Images by engine and row, `repository:tag` or with a digest. An adopter's table is laid over ours row by row.
 *
 * @public
 */
export type EngineImages = Readonly<
  Partial<Record<ImageOwner, Readonly<Partial<Record<ImageRow, string>>>>>
>;

const TGI = 'ghcr.io/huggingface/text-generation-inference';
const TGI_ROWS = {
  // Suffixes as TGI's build names them (.github/workflows/build.yaml at db931fcf).
  nvidia: `${TGI}:3.3.7`,
  amd: `${TGI}:3.3.7-rocm`,
  intel: `${TGI}:3.3.7-intel-xpu`,
  gaudi: `${TGI}:3.3.7-gaudi`,
} as const;
const TEI = 'ghcr.io/huggingface/text-embeddings-inference';
const LLAMA_CPP = 'ghcr.io/ggml-org/llama.cpp';

/**
 * The one table of images. A platform without a row is refused by plan and builder, with the reason from the engine's
 * `limits.ts`. Flags and sizing are those of these releases.
 *
 * @public
 */
export const ENGINE_IMAGES: EngineImages = {
  vllm: {
    nvidia: 'vllm/vllm-openai:v0.32.0',
    amd: 'vllm/vllm-openai-rocm:v0.32.0',
    // Published since v0.26.0 (vLLM, docs/getting_started/installation/gpu.xpu.inc.md at 0d07d26).
    intel: 'vllm/vllm-openai-xpu:v0.32.0',
  },
  tgi: TGI_ROWS,
  'tgi-substratus': TGI_ROWS,
  sglang: {
    nvidia: 'lmsysorg/sglang:v0.5.23',
    // AMD images are built for one architecture each, and lag behind.
    'amd/gfx942': 'lmsysorg/sglang:v0.5.14-rocm720-mi30x',
    'amd/gfx950': 'lmsysorg/sglang-rocm:v0.5.14-rocm720-mi35x-20260705',
  },
  'llama-cpp': {
    nvidia: `${LLAMA_CPP}:server-cuda-b11312`,
    amd: `${LLAMA_CPP}:server-rocm-b11312`,
    intel: `${LLAMA_CPP}:server-intel-b10820`,
    cpu: `${LLAMA_CPP}:server-b11312`,
  },
  tei: {
    // One image a compute capability; the last row finds out by itself (TEI README and build matrix at 0d124dc).
    'nvidia/7.5': `${TEI}:turing-1.9.3`,
    'nvidia/8.0': `${TEI}:1.9.3`,
    'nvidia/8.6': `${TEI}:86-1.9.3`,
    'nvidia/8.9': `${TEI}:89-1.9.3`,
    'nvidia/9.0': `${TEI}:hopper-1.9.3`,
    'nvidia/10.0': `${TEI}:100-1.9.3`,
    'nvidia/12.0': `${TEI}:120-1.9.3`,
    nvidia: `${TEI}:cuda-1.9.3`,
    intel: `${TEI}:xpu-ipex-1.9.3`,
    gaudi: `${TEI}:hpu-1.9.3`,
    cpu: `${TEI}:cpu-1.9.3`,
  },
  triton: { nvidia: 'nvcr.io/nvidia/tritonserver:26.07-vllm-python-py3' },
  nim: {
    // NIM has an image a model; the path below nim/ is the name under which it answers.
    'nvidia/meta-llama/Llama-3.1-8B-Instruct':
      'nvcr.io/nim/meta/llama-3.1-8b-instruct:2.0.13',
  },
  kserve: { nvidia: 'kserve/huggingfaceserver:v0.20.0-gpu' },
  // The hub's client comes in no image of its own; vLLM's has it, and most clusters have vLLM's.
  download: { cpu: 'vllm/vllm-openai:v0.32.0' },
};

/** What an image is looked up by. */
export interface ImageDevice {
  platform: ImagePlatform;
  product?: AcceleratorProduct;
  modelId?: string;
}

/** Image of an adopter's own table; `undefined` when it has none. */
export function adoptersImage(
  engine: ImageOwner,
  device: ImageDevice,
  overrides: EngineImages | undefined,
): string | undefined {
  return overrides && imageIn(overrides, engine, device);
}

/**
 * Pinned image of an engine for a device; `undefined` when there is none. An adopter's general row stands for their mirror,
 * so it goes before our exact one.
 */
export function engineImage(
  engine: ImageOwner,
  device: ImageDevice,
  overrides?: EngineImages,
): string | undefined {
  return (
    adoptersImage(engine, device, overrides) ??
    imageIn(ENGINE_IMAGES, engine, device)
  );
}

function imageIn(
  table: EngineImages,
  engine: ImageOwner,
  { platform, product, modelId }: ImageDevice,
): string | undefined {
  const kind = product?.computeCapability?.toFixed(1) ?? product?.architecture;
  const rows: ImageRow[] = [
    ...(modelId ? [`${platform}/${modelId}` as const] : []),
    ...(kind ? [`${platform}/${kind}` as const] : []),
    platform,
  ];
  for (const row of rows) {
    const image = table[engine]?.[row];
    if (image) return image;
  }
  return undefined;
}
