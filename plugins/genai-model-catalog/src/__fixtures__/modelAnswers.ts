import type {
  ClusterStatus,
  Model,
  ModelFit,
  ModelServer,
} from '@promptside/backstage-plugin-genai-common';

export const demoCluster: ClusterStatus = {
  name: 'demo',
  title: 'Demo cluster',
  state: 'Live',
  version: 7,
};

export const ready: ModelServer = {
  cluster: 'demo',
  namespace: 'search',
  name: 'ranker',
  kind: 'Deployment',
  uid: 'uid-ranker',
  runtime: 'vllm',
  runtimeVersion: 'v0.11.0',
  model: { id: 'google/gemma-2-9b-it', servedName: 'gemma' },
  state: 'Ready',
  evidence: [],
  replicas: { desired: 2, ready: 2 },
  endpoint: { url: 'http://ranker.search.svc:8000/v1', protocol: 'openai' },
  gpus: [
    {
      vendor: 'nvidia',
      resource: 'nvidia.com/gpu',
      sharing: 'Whole',
      perReplicaCount: 2,
    },
  ],
  entityRef: 'component:default/ranker',
  owner: 'group:default/team-search',
  createdAt: '2026-05-01T12:00:00Z',
};

export const failed: ModelServer = {
  ...ready,
  name: 'chat',
  uid: 'uid-chat',
  namespace: 'chat',
  runtime: 'unknown',
  runtimeVersion: undefined,
  model: { id: '//evil.example/model' },
  state: 'Failed',
  reason: 'CrashLoopBackOff',
  message: 'The engine stops at start: it does not find enough GPU memory.',
  evidence: [
    {
      kind: 'Pod',
      name: 'chat-0',
      reason: 'CrashLoopBackOff',
      message: 'back-off 5m0s restarting failed container',
      count: 12,
    },
  ],
  replicas: { desired: 1, ready: 0 },
  endpoint: undefined,
  gpus: [],
  entityRef: undefined,
  owner: undefined,
};

export const gemma: Model = {
  id: 'google/gemma-2-9b-it',
  title: 'Gemma 2 9B',
  provider: 'Google',
  task: 'text-generation',
  license: 'gemma',
  gated: true,
  parameterCount: 9_241_705_984,
  layers: 42,
  hiddenSize: 3584,
  attentionHeads: 16,
  kvHeads: 8,
  headDim: 256,
  attention: { type: 'full' },
  contextLength: 8192,
  dtype: 'bfloat16',
  variants: [
    { quantization: 'none', weightsBytes: 18_483_411_968 },
    { quantization: 'fp8', weightsBytes: 10_000_000_000 },
  ],
  source: 'model card',
};

export const embedder: Model = {
  ...gemma,
  id: 'BAAI/bge-m3',
  title: 'BGE M3',
  provider: 'BAAI',
  task: 'embedding',
  license: 'mit',
  gated: false,
  embeddingDimension: 1024,
  variants: [{ quantization: 'none', weightsBytes: 2_270_000_000 }],
};

export const gemmaFit: ModelFit = {
  model: gemma.id,
  verdict: 'Fits',
  summary: 'Gemma 2 9B runs on 1 GPU H100.',
  choice: {
    cluster: 'demo',
    vendor: 'nvidia',
    product: 'NVIDIA-H100-80GB-HBM3',
    resource: 'nvidia.com/gpu',
    gpuCount: 1,
    quantization: 'none',
    contextLength: 8192,
  },
};

export const embedderFit: ModelFit = {
  ...gemmaFit,
  model: embedder.id,
  verdict: 'DoesNotFit',
  summary: 'vLLM does not serve embeddings here.',
};
