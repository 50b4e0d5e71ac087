import type { Model, RagSpec } from '@promptside/backstage-plugin-genai-common';
import { CURATED_MODELS, findModel } from '../../../models';

type Changes = Omit<Partial<RagSpec['spec']>, 'metadata'> & {
  metadata?: Partial<RagSpec['metadata']>;
};

/** A spec with everything needed, on a Chroma that exists, and what the test says otherwise. */
export function ragSpecOf({ metadata, ...spec }: Changes = {}): RagSpec {
  return {
    apiVersion: 'promptside.io/v1',
    kind: 'RagService',
    metadata: {
      name: 'handbook',
      owner: 'group:default/team-search',
      ...metadata,
    },
    spec: {
      framework: 'langchain',
      image: 'ghcr.io/acme/handbook:0.1.0',
      target: { cluster: 'demo', namespace: 'team-search' },
      replicas: 2,
      store: {
        kind: 'chroma',
        collection: 'handbook',
        url: 'http://chroma.team-search.svc:8000',
      },
      embedding: {
        model: 'BAAI/bge-small-en-v1.5',
        dimension: 384,
        maxTokens: 512,
        api: 'tei',
        url: 'http://bge.team-search.svc:8080',
      },
      llm: {
        url: 'http://qwen.team-chat.svc:8000/v1',
        model: 'Qwen/Qwen2.5-7B-Instruct',
        contextTokens: 8192,
      },
      ingest: { sources: ['docs'] },
      ...spec,
    },
  };
}

/** The embedding model of the catalog behind a spec. */
export function embeddingModelOf({ spec }: RagSpec): Model | undefined {
  return findModel(CURATED_MODELS, spec.embedding.model);
}

const OWN_EMBEDDINGS: RagSpec['spec']['embedding'] = {
  model: 'BAAI/bge-small-en-v1.5',
  dimension: 384,
  maxTokens: 512,
  api: 'tei',
  create: {
    accelerator: {
      vendor: 'nvidia',
      resource: 'nvidia.com/gpu',
      product: 'NVIDIA-L4',
    },
    size: '2Gi',
  },
};

/** The catalog's facts of the language model that is made. */
export function llmModelFactsOf({ spec }: RagSpec): Model | undefined {
  return findModel(CURATED_MODELS, spec.llm.model);
}

/** A language model that is made on a GPU, as a plan chose it. */
export const OWN_LLM: RagSpec['spec']['llm'] = {
  model: 'Qwen/Qwen3-8B',
  contextTokens: 16384,
  maxAnswerTokens: 2048,
  create: {
    engine: { name: 'vllm' },
    model: { id: 'Qwen/Qwen3-8B' },
    accelerator: {
      vendor: 'nvidia',
      resource: 'nvidia.com/gpu',
      count: 1,
      product: 'NVIDIA-L4',
    },
    replicas: 1,
    storage: { size: '20Gi', storageClassName: 'fast' },
  },
};

/** One spec a golden folder. */
export const RAG_SPECS: Readonly<Record<string, RagSpec>> = {
  'chroma-that-exists': ragSpecOf({
    metadata: {
      description:
        'Reads "policies": rules & {{ braces }}, \'quotes\' #1\n- no: item',
      system: 'system:default/search',
    },
    ingest: {
      sources: [
        'docs',
        'https://example.com/handbook.html',
        'git+https://example.com:8443/acme/handbook.git@main#docs',
      ],
      schedule: '0 3 * * 1-5',
    },
    llm: {
      url: 'https://api.example.com/v1',
      model: 'large; DROP TABLE chunks; -- $(LLM_API_KEY) ${{ x }}',
      contextTokens: 32768,
      maxAnswerTokens: 2048,
      apiKeySecret: { name: 'llm', key: 'api-key' },
    },
    apiKeySecret: { name: 'callers', key: 'key' },
    clients: ['team-chat'],
    monitoring: { labels: { release: 'kube-prometheus-stack' } },
    retrieval: { chunkTokens: 300, topK: 8, minScore: 0.2 },
    imagePullSecret: 'registry',
  }),
  'pgvector-and-all-of-its-own': ragSpecOf({
    framework: 'llama-index',
    store: {
      kind: 'pgvector',
      collection: 'handbook',
      create: { replicas: 3, size: '20Gi', storageClassName: 'fast' },
    },
    embedding: OWN_EMBEDDINGS,
    history: {
      create: { instances: 3, size: '5Gi', storageClassName: 'fast' },
      retentionDays: 14,
      messages: 6,
    },
  }),
  'milvus-with-secrets': ragSpecOf({
    framework: 'langchain-js',
    replicas: 1,
    store: {
      kind: 'milvus',
      collection: 'handbook',
      url: 'http://vectors-milvus.stores.svc.cluster.local:19530',
      tokenSecret: { name: 'vectors', key: 'token' },
      entityRef: 'resource:default/vectors',
    },
    embedding: {
      model: 'text-embedding-3-large',
      dimension: 3072,
      maxTokens: 8191,
      api: 'openai',
      url: 'http://gateway:80/v1',
      apiKeySecret: { name: 'embeddings', key: 'api-key' },
      entityRef: 'api:default/embeddings',
      queryPrefix: 'query: ',
      passagePrefix: 'passage: ',
    },
    llm: {
      url: 'http://qwen.team-chat.svc:8000/v1',
      model: 'Qwen/Qwen2.5-7B-Instruct',
      contextTokens: 8192,
      entityRef: 'component:default/qwen',
    },
    history: { urlSecret: { name: 'history', key: 'uri' } },
    monitoring: { namespace: 'team-search' },
  }),
  'milvus-of-its-own': ragSpecOf({
    store: {
      kind: 'milvus',
      collection: 'handbook',
      create: { replicas: 1, size: '50Gi' },
    },
    history: { create: { instances: 1, size: '1Gi' } },
  }),
  'chroma-of-its-own': ragSpecOf({
    store: {
      kind: 'chroma',
      collection: 'handbook',
      create: { replicas: 1, size: '10Gi' },
    },
  }),
  'chroma-with-a-language-model-of-its-own': ragSpecOf({
    embedding: OWN_EMBEDDINGS,
    llm: OWN_LLM,
  }),
  'language-model-by-kserve': ragSpecOf({
    llm: {
      ...OWN_LLM,
      create: {
        ...OWN_LLM.create!,
        engine: { name: 'kserve' },
        queue: 'gpus',
        replicas: 2,
      },
    },
    monitoring: { namespace: 'monitoring' },
  }),
  'by-flux': ragSpecOf({
    delivery: {
      kind: 'FluxKustomization',
      repoUrl: 'https://github.com/acme/handbook.git',
      path: 'deploy/handbook',
      serviceAccountName: 'team-search',
    },
    retrieval: { chunkTokens: 300, chunkOverlapTokens: 60 },
  }),
  'by-argo-cd': ragSpecOf({
    delivery: {
      kind: 'ArgoApplication',
      repoUrl: 'https://github.com/acme/handbook.git',
      project: 'search',
    },
  }),
  'pgvector-by-secret': ragSpecOf({
    store: {
      kind: 'pgvector',
      collection: 'handbook',
      urlSecret: { name: 'vectors-app', key: 'uri' },
      namespace: 'stores',
    },
  }),
};
