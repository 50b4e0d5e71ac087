import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Smallest hardware on any cluster that serves Gemma 2 9B',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Check that the model fits',
          action: 'genai:inference:plan',
          input: { model: 'google/gemma-2-9b-it' },
        },
      ],
    }),
  },
  {
    description: 'One cluster and namespace, 8,192 tokens, two replicas',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Check that the model fits',
          action: 'genai:inference:plan',
          input: {
            model: 'meta-llama/Llama-3.1-8B-Instruct',
            cluster: 'demo',
            namespace: 'team-search',
            contextLength: 8192,
            replicas: 2,
          },
        },
      ],
    }),
  },
  {
    description:
      'What the fields of a form give: a target, and one kind of GPU',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Check that the model fits',
          action: 'genai:inference:plan',
          input: {
            model: 'google/gemma-2-9b-it',
            target: { cluster: 'demo', namespace: 'team-search' },
            accelerator: { vendor: 'nvidia', resource: 'nvidia.com/gpu' },
          },
        },
      ],
    }),
  },
  {
    description: 'Another engine, on the GPUs of one vendor',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Check that the model fits',
          action: 'genai:inference:plan',
          input: {
            model: 'google/gemma-2-9b-it',
            engine: 'tgi',
            vendor: 'amd',
          },
        },
      ],
    }),
  },
];
