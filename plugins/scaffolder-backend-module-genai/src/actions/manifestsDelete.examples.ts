import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Delete the objects of a folder and keep the model cache',
    example: stringify({
      steps: [
        {
          id: 'delete',
          name: 'Take the service down',
          action: 'genai:manifests:delete',
          input: { cluster: 'demo', path: './manifests' },
        },
      ],
    }),
  },
];
