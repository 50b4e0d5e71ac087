import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Validate what a render step produced',
    example: stringify({
      steps: [
        {
          id: 'validate',
          name: 'Ask the cluster',
          action: 'genai:manifests:validate',
          input: {
            cluster: 'demo',
            manifests: '${{ steps.render.output.manifests }}',
          },
        },
      ],
    }),
  },
  {
    description: 'Validate a folder of plain manifests',
    example: stringify({
      steps: [
        {
          id: 'validate',
          name: 'Ask the cluster',
          action: 'genai:manifests:validate',
          input: { cluster: 'demo', path: './manifests' },
        },
      ],
    }),
  },
];
