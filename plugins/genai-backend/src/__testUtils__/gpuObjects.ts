/** A node with eight whole GPUs, as the API server sends it. */
export function gpuNode(name: string) {
  return {
    kind: 'Node',
    metadata: {
      name,
      uid: `uid-${name}`,
      resourceVersion: '1',
      labels: {
        'nvidia.com/gpu.product': 'NVIDIA-H100-80GB-HBM3',
        'nvidia.com/gpu.count': '8',
        'nvidia.com/gpu.memory': '81559',
      },
    },
    spec: {},
    status: {
      capacity: { 'nvidia.com/gpu': '8' },
      allocatable: { 'nvidia.com/gpu': '8' },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

/** A running pod with GPUs, owner and entity named on it. It carries a secret in its environment that nobody may see. */
export function gpuPod(name: string, options: { node: string; gpus: number }) {
  return {
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'team-a',
      uid: `uid-${name}`,
      resourceVersion: '2',
      annotations: {
        'promptside.io/entity-ref': `component:default/${name}`,
        'promptside.io/owner': 'group:default/team-a',
      },
    },
    spec: {
      nodeName: options.node,
      containers: [
        {
          name: 'vllm',
          image: 'vllm/vllm-openai:v0.11.0',
          args: ['--model', 'google/gemma-2-9b-it'],
          env: [{ name: 'HF_TOKEN', value: 'hf_super_secret' }],
          resources: { limits: { 'nvidia.com/gpu': String(options.gpus) } },
        },
      ],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

/** The Deployment of a model server. */
export function modelServerDeployment(name: string) {
  return {
    kind: 'Deployment',
    metadata: {
      name,
      namespace: 'team-a',
      uid: `uid-d-${name}`,
      resourceVersion: '3',
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: gpuPod(name, { node: '', gpus: 1 }).spec,
      },
    },
    status: {},
  };
}
