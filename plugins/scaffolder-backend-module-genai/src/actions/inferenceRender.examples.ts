import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Render a new service on the hardware that a plan chose',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Write the manifests',
          action: 'genai:inference:render',
          input: {
            name: 'chat-llm',
            owner: 'group:default/team-search',
            model: 'mistralai/Mistral-7B-Instruct-v0.3',
            cluster: 'demo',
            namespace: 'team-search',
            choice: '${{ steps.plan.output.choice }}',
          },
        },
      ],
    }),
  },
  {
    description: 'Render an existing spec again, for an upgrade',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Render again',
          action: 'genai:inference:render',
          input: { specPath: 'inference.yaml' },
        },
      ],
    }),
  },
];
