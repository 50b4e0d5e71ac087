import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const SERVICE = {
  name: 'handbook',
  owner: 'group:default/team-search',
  framework: 'langchain',
  repoUrl: 'github.com?owner=acme&repo=handbook',
  target: { cluster: 'demo', namespace: 'team-search' },
  sources: ['docs', 'https://example.com/handbook.html'],
  embedding: {
    model: 'BAAI/bge-small-en-v1.5',
    dimension: 384,
    maxTokens: 512,
    url: 'http://bge.team-search.svc:8080',
  },
  llm: {
    url: 'http://qwen.team-search.svc:8000/v1',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    contextTokens: 8192,
  },
};

const example = (description: string, input: object): TemplateExample => ({
  description,
  example: stringify(
    {
      steps: [
        {
          id: 'render',
          name: 'Write the manifests',
          action: 'genai:rag:render',
          input,
        },
      ],
    },
    { aliasDuplicateObjects: false },
  ),
});

export const examples: TemplateExample[] = [
  example('On a Chroma that exists, new documents every night', {
    ...SERVICE,
    store: { kind: 'chroma', url: 'http://chroma.team-search.svc:8000' },
    schedule: '0 3 * * *',
  }),
  example('On pgvector, with a chat history in PostgreSQL of its own', {
    ...SERVICE,
    framework: 'llama-index',
    store: { kind: 'pgvector', secret: 'vectors-app/uri' },
    history: { mode: 'Create', instances: 3, size: '5Gi' },
  }),
  example('On Milvus with a token, with an embedding server of its own', {
    ...SERVICE,
    framework: 'langchain-js',
    store: {
      kind: 'milvus',
      url: 'http://vectors-milvus.team-search.svc:19530',
      tokenSecret: 'vectors/token',
    },
    embedding: {
      model: 'BAAI/bge-small-en-v1.5',
      dimension: 384,
      maxTokens: 512,
      create: true,
    },
    embeddingChoice: '${{ steps.plan.output.embeddingChoice }}',
  }),
  example('With a language model of its own, brought to the cluster by Flux', {
    ...SERVICE,
    store: { kind: 'pgvector', create: true },
    llm: { create: true, model: 'Qwen/Qwen3-8B', contextTokens: 8192 },
    llmChoice: '${{ steps.plan.output.llmChoice }}',
    delivery: 'Flux',
    gitUrl: 'https://github.com/acme/handbook.git',
  }),
  example('At an endpoint that asks for a key, with shorter chunks', {
    ...SERVICE,
    store: { kind: 'chroma', url: 'http://chroma.team-search.svc:8000' },
    llm: {
      url: 'https://api.example.com/v1',
      model: 'large',
      contextTokens: 32768,
      secret: 'llm-key/token',
    },
    retrieval: {
      chunkTokens: 300,
      chunkOverlapTokens: 30,
      topK: 8,
      minScore: 0.2,
    },
    history: { mode: 'Create', retentionDays: 14 },
  }),
];
