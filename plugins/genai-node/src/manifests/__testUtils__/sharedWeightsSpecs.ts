import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { specOf } from './specRows';

const REVISION = '0123456789abcdef0123456789abcdef01234567';

/** Services whose weights a Job downloads into a shared volume; golden folders as the others. */
export const SHARED_WEIGHTS_SPECS: Readonly<Record<string, InferenceSpec>> = {
  'shared-weights-qwen-32b-on-4-h100': specOf({
    name: 'shared-coder',
    model: 'Qwen/Qwen3-32B',
    spec: {
      model: {
        id: 'Qwen/Qwen3-32B',
        revision: REVISION,
        tokenSecret: { name: 'hub-token', key: 'HF_TOKEN' },
        checksums: {
          'model-00001-of-00002.safetensors': 'a1'.repeat(32),
          'model-00002-of-00002.safetensors': 'b2'.repeat(32),
          'onnx/model.onnx': 'c3'.repeat(32),
        },
      },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 4,
        product: 'NVIDIA-H100-80GB-HBM3',
      },
      contextLength: 32768,
      replicas: 2,
      storage: {
        mode: 'Shared',
        size: '160Gi',
        storageClassName: 'nfs-models',
      },
    },
  }),
  'shared-weights-triton-on-l4': specOf({
    name: 'shared-triton',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    spec: {
      engine: { name: 'triton' },
      model: { id: 'Qwen/Qwen2.5-7B-Instruct', revision: REVISION },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 1,
        product: 'NVIDIA-L4',
      },
      contextLength: 4096,
      storage: {
        mode: 'Shared',
        size: '36Gi',
        storageClassName: 'nfs-models',
      },
    },
  }),
  'shared-weights-split-gguf': specOf({
    name: 'shared-gguf',
    model: 'acme/large-70b-GGUF',
    spec: {
      engine: { name: 'llama-cpp' },
      model: {
        id: 'acme/large-70b-GGUF',
        revision: REVISION,
        file: 'Q4_K_M/large-70b-Q4_K_M-00001-of-00003.gguf',
        checksums: {
          'Q4_K_M/large-70b-Q4_K_M-00001-of-00003.gguf': 'd4'.repeat(32),
          'Q8_0/large-70b-Q8_0-00001-of-00005.gguf': 'e5'.repeat(32),
        },
      },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 1,
        product: 'NVIDIA-H100-80GB-HBM3',
      },
      storage: {
        mode: 'Shared',
        size: '50Gi',
        storageClassName: 'nfs-models',
      },
    },
  }),
};
