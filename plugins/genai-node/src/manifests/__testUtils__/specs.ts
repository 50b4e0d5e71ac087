import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { CURATED_MODELS, findModel } from '../../models';
import { SHARED_WEIGHTS_SPECS } from './sharedWeightsSpecs';
import { specOf } from './specRows';

export { specOf };

/** The model of the catalog behind a spec. */
export function modelOf({ spec }: InferenceSpec): Model | undefined {
  return findModel(CURATED_MODELS, spec.model.id);
}

/** One spec a golden folder. */
export const GOLDEN_SPECS: Readonly<Record<string, InferenceSpec>> = {
  'llama-8b-on-l4': specOf({
    name: 'chat-llm',
    model: 'meta-llama/Llama-3.1-8B-Instruct',
    metadata: {
      description: 'Answers for the chat team: "quick", and {safe}',
      system: 'system:default/chat',
    },
    spec: {
      model: {
        id: 'meta-llama/Llama-3.1-8B-Instruct',
        revision: '0123456789abcdef0123456789abcdef01234567',
        tokenSecret: { name: 'hub-token', key: 'HF_TOKEN' },
      },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 1,
        product: 'NVIDIA-L4',
      },
      storage: { size: '18Gi' },
      clients: ['team-search'],
      monitoring: { labels: { release: 'kube-prometheus-stack' } },
    },
  }),
  'qwen-32b-on-4-h100-shared-cache': specOf({
    name: 'coder',
    model: 'Qwen/Qwen3-32B',
    spec: {
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 4,
        product: 'NVIDIA-H100-80GB-HBM3',
      },
      contextLength: 32768,
      replicas: 2,
      kvCacheDtype: 'fp8',
      gpuMemoryUtilization: 0.92,
      storage: {
        size: '80Gi',
        storageClassName: 'nfs-models',
        accessMode: 'ReadWriteMany',
      },
    },
  }),
  'qwen-awq-on-mig-slices': specOf({
    name: 'small-llm',
    model: 'Qwen/Qwen3-8B-AWQ',
    spec: {
      model: {
        id: 'Qwen/Qwen3-8B-AWQ',
        quantization: 'awq',
        servedName: 'small',
      },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/mig-3g.40gb',
        count: 1,
        product: 'NVIDIA-A100-SXM4-80GB',
      },
      replicas: 3,
      storage: { size: '8Gi', storageClassName: 'standard' },
    },
  }),
  'qwen-7b-on-t4-in-half-precision': specOf({
    name: 'old-gpu',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    spec: {
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 2,
        product: 'Tesla-T4',
      },
      contextLength: 4096,
      storage: { size: '18Gi' },
    },
  }),
  'mixtral-on-mi300x': specOf({
    name: 'moe',
    model: 'mistralai/Mixtral-8x7B-Instruct-v0.1',
    spec: {
      accelerator: {
        vendor: 'amd',
        resource: 'amd.com/gpu',
        count: 1,
        product: 'AMD_Instinct_MI300X_OAM',
      },
      storage: { size: '105Gi' },
      monitoring: { namespace: 'observability' },
    },
  }),
  'qwen-7b-on-l4-autoscaled': specOf({
    name: 'busy',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    spec: {
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 1,
        product: 'NVIDIA-L4',
      },
      contextLength: 4096,
      storage: { size: '18Gi' },
      monitoring: {},
      autoscaling: {
        maxReplicas: 4,
        prometheusUrl: 'http://prometheus-operated.monitoring.svc:9090',
      },
    },
  }),
  'tgi-qwen-14b-on-2-a100': specOf({
    name: 'legacy-chat',
    model: 'Qwen/Qwen2.5-14B-Instruct',
    spec: {
      engine: { name: 'tgi' },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 2,
        product: 'NVIDIA-A100-SXM4-80GB',
      },
      storage: { size: '36Gi' },
      monitoring: {},
    },
  }),
  'sglang-qwen-32b-on-mi300x': specOf({
    name: 'radix-chat',
    model: 'Qwen/Qwen3-32B',
    spec: {
      engine: { name: 'sglang' },
      accelerator: {
        vendor: 'amd',
        resource: 'amd.com/gpu',
        count: 1,
        product: 'AMD_Instinct_MI300X_OAM',
        deviceGroup: 109,
      },
      contextLength: 32768,
      storage: { size: '80Gi' },
      monitoring: {},
    },
  }),
  'triton-qwen-7b-on-l4': specOf({
    name: 'triton-chat',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    spec: {
      engine: { name: 'triton' },
      model: {
        id: 'Qwen/Qwen2.5-7B-Instruct',
        revision: '0123456789abcdef0123456789abcdef01234567',
      },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 1,
        product: 'NVIDIA-L4',
      },
      contextLength: 4096,
      storage: { size: '18Gi' },
      monitoring: {},
      exposure: {
        host: 'triton.example.com',
        fromNamespace: 'ingress-nginx',
        ingress: { className: 'nginx', tlsSecret: 'triton-tls' },
      },
    },
  }),
  'llama-cpp-on-processor-cores': specOf({
    name: 'small-cpu',
    model: 'acme/tiny-7b-GGUF',
    spec: {
      engine: { name: 'llama-cpp' },
      model: {
        id: 'acme/tiny-7b-GGUF',
        revision: '0123456789abcdef0123456789abcdef01234567',
        file: 'tiny-7b-Q4_K_M.gguf',
        servedName: 'tiny',
      },
      accelerator: undefined,
      cpu: { cores: 12 },
      contextLength: 8192,
      storage: { size: '6Gi' },
    },
  }),
  'llama-cpp-on-arc': specOf({
    name: 'small-arc',
    model: 'acme/tiny-7b-GGUF',
    spec: {
      engine: { name: 'llama-cpp' },
      model: { id: 'acme/tiny-7b-GGUF', file: 'tiny-7b-Q4_K_M.gguf' },
      accelerator: {
        vendor: 'intel',
        resource: 'gpu.intel.com/xe',
        count: 1,
        product: 'Arc_Pro_B60',
        deviceGroup: 110,
      },
      storage: { size: '6Gi' },
    },
  }),
  'tei-on-l4': specOf({
    name: 'embedder',
    model: 'BAAI/bge-m3',
    spec: {
      engine: { name: 'tei' },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 1,
        product: 'NVIDIA-L4',
      },
      contextLength: 512,
      replicas: 2,
      storage: { size: '6Gi' },
      monitoring: {},
      exposure: {
        host: 'embed.example.com',
        fromNamespace: 'gateway-system',
        gateway: { name: 'public', namespace: 'gateway-system' },
      },
    },
  }),
  'kserve-qwen-7b-on-l4': specOf({
    name: 'kserve-chat',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    spec: {
      engine: { name: 'kserve' },
      model: {
        id: 'Qwen/Qwen2.5-7B-Instruct',
        revision: '0123456789abcdef0123456789abcdef01234567',
      },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 1,
        product: 'NVIDIA-L4',
      },
      contextLength: 4096,
      storage: { size: '18Gi' },
      monitoring: { labels: { release: 'kube-prometheus-stack' } },
    },
  }),
  'nim-llama-8b-on-l4': specOf({
    name: 'nim-chat',
    model: 'meta-llama/Llama-3.1-8B-Instruct',
    spec: {
      engine: {
        name: 'nim',
        authSecret: 'ngc-api',
        imagePullSecret: 'ngc-login',
      },
      model: {
        id: 'meta-llama/Llama-3.1-8B-Instruct',
        tokenSecret: { name: 'hub-token', key: 'HF_TOKEN' },
      },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 1,
        product: 'NVIDIA-L4',
      },
      storage: { size: '24Gi' },
      monitoring: { labels: { release: 'kube-prometheus-stack' } },
    },
  }),
  'substratus-qwen-7b-on-2-mi300x': specOf({
    name: 'substratus-chat',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    spec: {
      engine: { name: 'tgi-substratus' },
      model: {
        id: 'Qwen/Qwen2.5-7B-Instruct',
        revision: '0123456789abcdef0123456789abcdef01234567',
        tokenSecret: { name: 'hub-token', key: 'HF_TOKEN' },
      },
      accelerator: {
        vendor: 'amd',
        resource: 'amd.com/gpu',
        count: 2,
        product: 'AMD_Instinct_MI300X_OAM',
        deviceGroup: 109,
      },
      replicas: 2,
      contextLength: 4096,
      storage: { size: '18Gi' },
      monitoring: {},
    },
  }),
  'substratus-qwen-14b-on-2-a100': specOf({
    name: 'substratus-a100',
    model: 'Qwen/Qwen2.5-14B-Instruct',
    spec: {
      engine: { name: 'tgi-substratus' },
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        count: 2,
        product: 'NVIDIA-A100-SXM4-80GB',
      },
      storage: { size: '36Gi' },
    },
  }),
  'model-outside-the-catalog': specOf({
    name: 'own-model',
    model: 'acme/private-7b',
    spec: {
      target: { cluster: 'eu/west:1', namespace: 'team-chat' },
      engine: {
        name: 'vllm',
        image: `registry.example.com/vllm@sha256:${'a'.repeat(64)}`,
      },
      storage: { size: '30Gi' },
    },
  }),
  ...SHARED_WEIGHTS_SPECS,
};

/** A service with everything: token, clients, monitoring. */
export const LLAMA = GOLDEN_SPECS['llama-8b-on-l4'];

/** A copy of it with one change. */
export function changed(change: (spec: InferenceSpec) => void): InferenceSpec {
  const spec = structuredClone(LLAMA);
  change(spec);
  return spec;
}
