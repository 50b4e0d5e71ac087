import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Apply what a render step produced and follow the start',
    example: stringify({
      steps: [
        {
          id: 'apply',
          name: 'Deploy',
          action: 'genai:manifests:apply',
          input: {
            cluster: 'demo',
            manifests: '${{ steps.render.output.toApply }}',
            follow: '${{ steps.render.output.modelServer }}',
            timeoutSeconds: 600,
          },
        },
      ],
    }),
  },
  {
    description: 'Apply a RAG service and follow it until it answers',
    example: stringify({
      steps: [
        {
          id: 'apply',
          name: 'Deploy',
          action: 'genai:manifests:apply',
          input: {
            cluster: 'demo',
            manifests: '${{ steps.render.output.toApply }}',
            follow: {
              kind: 'RagService',
              namespace: 'team-search',
              name: 'handbook',
            },
          },
        },
      ],
    }),
  },
  {
    description: 'Apply a folder of plain manifests and do not wait',
    example: stringify({
      steps: [
        {
          id: 'apply',
          name: 'Deploy',
          action: 'genai:manifests:apply',
          input: { cluster: 'demo', path: './manifests' },
        },
      ],
    }),
  },
];
