import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const PARTS = {
  target: { cluster: 'demo', namespace: 'team-search' },
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
          id: 'plan',
          name: 'Check that its parts go together',
          action: 'genai:rag:plan',
          input,
        },
      ],
    },
    { aliasDuplicateObjects: false },
  ),
});

export const examples: TemplateExample[] = [
  example('A Chroma and model servers that exist', {
    ...PARTS,
    store: { kind: 'chroma', url: 'http://chroma.team-search.svc:8000' },
  }),
  example('pgvector, whose address lies in a Secret; five chunks of 300', {
    ...PARTS,
    store: { kind: 'pgvector', secret: 'vectors-app/uri' },
    retrieval: { chunkTokens: 300, topK: 5 },
  }),
  example('A language model of its own on an L4, planned as one of inference', {
    ...PARTS,
    store: { kind: 'pgvector', create: true },
    llm: {
      create: true,
      engine: 'vllm',
      model: 'Qwen/Qwen3-8B',
      contextTokens: 16384,
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        product: 'NVIDIA-L4',
      },
    },
    schedule: '0 3 * * *',
  }),
  example('An embedding server is to be made, and all must be seen', {
    ...PARTS,
    store: { kind: 'milvus', url: 'https://milvus.example.com' },
    embedding: {
      model: 'BAAI/bge-small-en-v1.5',
      dimension: 384,
      maxTokens: 512,
      create: true,
    },
    llm: {
      url: 'https://llm.example.com/v1',
      model: 'large',
      contextTokens: 32768,
    },
    acceptUnknown: false,
  }),
];
