import type { AddedServingRuntime } from '../AddedServingRuntime';

export const acmeServe: AddedServingRuntime = {
  title: 'Acme Serve',
  matches: ({ repository }) => /(^|\/)acme-serve$/.test(repository),
  read: ({ words }) => ({
    modelId: words[words.indexOf('--weights') + 1],
    port: 8000,
    basePath: '/api/v1',
    protocol: 'openai',
  }),
  metrics: {
    path: '/metrics',
    names: { runningRequests: ['acme_running'] },
  },
  engine: {
    name: 'acme/serve',
    tasks: ['text-generation'],
    quantizations: ['none', 'fp8'],
    images: {
      nvidia: 'registry.acme.example/acme-serve:4.2',
      'amd/gfx942': 'registry.acme.example/acme-serve:4.2-rocm',
    },
    sizedAs: 'vllm',
    port: 8000,
    basePath: '/api/v1',
    probes: { ready: '/ready', alive: '/alive' },
    queueMetric: 'acme_waiting',
    readsSharedWeights: true,
    run: ({ source, spec, gpuCount }) => ({
      args: [
        '--weights',
        source.model,
        ...(source.revision ? ['--revision', source.revision] : []),
        `--context=${spec.spec.contextLength}`,
        `--gpus=${gpuCount}`,
      ],
    }),
  },
};
