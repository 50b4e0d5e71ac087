import type {
  Attention,
  GpuRequest,
  ModelServer,
  ModelTask,
  ServingRuntime,
  StartupStage,
} from '@promptside/backstage-plugin-genai-common';

/** How a serving runtime writes its own name. */
export const RUNTIME_NAMES: Record<ServingRuntime, string> = {
  vllm: 'vLLM',
  tgi: 'TGI',
  triton: 'Triton',
  sglang: 'SGLang',
  'llama-cpp': 'llama.cpp',
  tei: 'TEI',
  kserve: 'KServe',
  kaito: 'KAITO',
  nim: 'NIM',
  kubeai: 'KubeAI',
  ollama: 'Ollama',
  unknown: 'Unknown',
};

/** Name of what a server runs: one that an adopter added has its own. */
export function runtimeName({
  runtime,
  runtimeTitle,
}: Pick<ModelServer, 'runtime' | 'runtimeTitle'>): string {
  return runtimeTitle ?? RUNTIME_NAMES[runtime];
}

/** What a model is for. */
export const TASK_NAMES: Record<ModelTask, string> = {
  'text-generation': 'Text generation',
  'image-text-to-text': 'Image and text to text',
  embedding: 'Embedding',
  rerank: 'Rerank',
};

/** What a starting server does, in order. */
export const STAGES: Record<StartupStage, string> = {
  Accepted: 'Accepted by the cluster',
  Scheduled: 'Placed on a node',
  PullingImage: 'Pulling the image',
  DownloadingWeights: 'Downloading the weights',
  LoadingModel: 'Loading the model',
  Serving: 'Serving',
};

/** How a model attends, as far as its KV cache depends on it. */
export function describeAttention(model: {
  attention: Attention;
  layers: number;
  attentionHeads: number;
  kvHeads: number;
}): string {
  const { attention, layers, attentionHeads, kvHeads } = model;
  const heads =
    kvHeads === attentionHeads
      ? `${attentionHeads} heads`
      : `${attentionHeads} heads, ${kvHeads} KV heads`;
  switch (attention.type) {
    case 'sliding':
      return `${heads}; ${attention.slidingLayers} of ${layers} layers see ${attention.window} tokens`;
    case 'mla':
      return `Multi-head latent attention, rank ${attention.kvLoraRank}`;
    case 'hybrid':
      return `${heads}; ${attention.fullLayers} of ${layers} layers keep keys and values`;
    default:
      return heads;
  }
}

/** Name under which people know the model; absent when nobody told. */
export function modelName(server: ModelServer): string | undefined {
  return server.model?.id ?? server.model?.servedName;
}

/** Devices of all wanted replicas: `4 × nvidia.com/gpu (2 a replica)`. Absent for a server without GPU. */
export function describeGpus(server: ModelServer): string | undefined {
  const { gpus, replicas } = server;
  if (gpus.length === 0) return undefined;
  return gpus.map(gpu => describeRequest(gpu, replicas.desired)).join(', ');
}

function describeRequest(gpu: GpuRequest, replicas: number): string {
  const { perReplicaCount, resource } = gpu;
  return replicas === 1
    ? `${perReplicaCount} × ${resource}`
    : `${perReplicaCount * replicas} × ${resource} (${perReplicaCount} a replica)`;
}
