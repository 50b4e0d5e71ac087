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
    description:
      'Another engine on AMD GPUs, whose device files belong to a group',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Write the manifests',
          action: 'genai:inference:render',
          input: {
            name: 'chat-amd',
            owner: 'group:default/team-search',
            model: 'mistralai/Mistral-7B-Instruct-v0.3',
            engine: 'tgi',
            namespace: 'team-search',
            choice: '${{ steps.amd.output.choice }}',
            deviceGroup: 110,
          },
        },
      ],
    }),
  },
  {
    description: 'A GGUF file on processor cores, which needs no plan',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Write the manifests',
          action: 'genai:inference:render',
          input: {
            name: 'small-talk',
            owner: 'group:default/team-search',
            model: 'acme/tiny-7b-GGUF',
            modelFile: 'tiny-7b-Q4_K_M.gguf',
            engine: 'llama-cpp',
            cpuCores: 16,
            contextLength: 4096,
            cluster: 'demo',
            namespace: 'team-search',
            storageSize: '6Gi',
          },
        },
      ],
    }),
  },
  {
    description:
      'An endpoint for others than the cluster, with more replicas while requests wait',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Write the manifests',
          action: 'genai:inference:render',
          input: {
            name: 'public-llm',
            owner: 'group:default/team-search',
            model: 'mistralai/Mistral-7B-Instruct-v0.3',
            namespace: 'team-search',
            choice: '${{ steps.plan.output.choice }}',
            monitoringLabels: { release: 'kube-prometheus-stack' },
            autoscaling: {
              maxReplicas: 4,
              prometheusUrl: 'http://prometheus.monitoring.svc:9090',
            },
            exposure: {
              host: 'llm.example.com',
              fromNamespace: 'gateway-system',
              gateway: { name: 'public', namespace: 'gateway-system' },
            },
          },
        },
      ],
    }),
  },
  {
    description: 'A Helm chart that Flux installs from the repository',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Write the chart',
          action: 'genai:inference:render',
          input: {
            name: 'chart-llm',
            owner: 'group:default/team-search',
            model: 'mistralai/Mistral-7B-Instruct-v0.3',
            namespace: 'team-search',
            choice: '${{ steps.plan.output.choice }}',
            output: 'Helm',
            delivery: 'FluxHelmRelease',
            repoUrl: '${{ parameters.repoUrl | repositoryGitUrl }}',
          },
        },
      ],
    }),
  },
  {
    description:
      'A kustomization that Argo CD applies, in a project of the team',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Write the manifests',
          action: 'genai:inference:render',
          input: {
            name: 'argo-llm',
            owner: 'group:default/team-search',
            model: 'mistralai/Mistral-7B-Instruct-v0.3',
            namespace: 'team-search',
            choice: '${{ steps.plan.output.choice }}',
            delivery: {
              kind: 'ArgoApplication',
              repoUrl: 'https://github.com/acme/argo-llm.git',
              project: 'team-search',
            },
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
