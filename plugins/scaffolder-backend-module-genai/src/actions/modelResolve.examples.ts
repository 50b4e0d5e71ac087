import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const example = (description: string, model: string): TemplateExample => ({
  description,
  example: stringify({
    steps: [
      {
        id: 'model',
        name: 'Read the facts of the model',
        action: 'genai:model:resolve',
        input: { model },
      },
    ],
  }),
});

export const examples: TemplateExample[] = [
  example('A model of the catalog', 'google/gemma-2-9b-it'),
  example('A model that the hub alone knows', 'acme/tiny-chat'),
];
