import type {
  RawContainer,
  RawMeta,
  RawObject,
  RawPodSpec,
} from '../facts/raw';

/** What KServe's and NVIDIA's operators read of their own kinds, as far as our manifests use them. */
interface OperatorSpec {
  replicas?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  env?: RawContainer['env'];
  image?: { repository?: string; tag?: string };
  resources?: RawContainer['resources'];
  template?: RawPodSpec;
  predictor?: RawPodSpec & {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    minReplicas?: number;
    model?: RawContainer;
  };
}

/**
 * What an operator makes of an object: KServe in Standard mode a Deployment `<name>-predictor` with a Service before it, the
 * NIM operator a Deployment and a Service of the same name. Empty for every other kind.
 */
export function madeByOperator(object: RawObject): RawObject[] {
  const { name = '', namespace } = object.metadata ?? {};
  const spec = (object as { spec?: OperatorSpec }).spec ?? {};
  if (object.kind === 'InferenceService') {
    const { predictor = {} } = spec;
    const { model, minReplicas = 1, labels, annotations } = predictor;
    if (!model) return [];
    const selector = { 'serving.kserve.io/inferenceservice': name };
    return workload(object, {
      name: `${name}-predictor`,
      replicas: minReplicas,
      selector,
      template: {
        metadata: { labels: { ...labels, ...selector }, annotations },
        spec: { containers: [{ ...model, name: 'kserve-container' }] },
      },
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    });
  }
  if (object.kind === 'NIMService') {
    const { image, env, resources, replicas = 1, labels, annotations } = spec;
    const selector = { app: name };
    return workload(object, {
      name,
      replicas,
      selector,
      template: {
        metadata: {
          namespace,
          labels: { ...labels, ...selector },
          annotations,
        },
        spec: {
          containers: [
            {
              name: `${name}-ctr`,
              image: `${image?.repository}:${image?.tag}`,
              env,
              resources,
              ports: [{ name: 'api', containerPort: 8000 }],
            },
          ],
        },
      },
      ports: [{ name: 'api', port: 8000, targetPort: 'api' }],
    });
  }
  if (object.kind === 'LLMInferenceService') {
    const { template, replicas = 1 } = spec;
    const selector = {
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/part-of': 'llminferenceservice',
      'kserve.io/component': 'workload',
    };
    const [main] = template?.containers ?? [];
    const parts = workload(object, {
      name: `${name}-kserve`,
      replicas,
      selector,
      template: {
        metadata: { labels: selector },
        spec: {
          containers: [
            {
              image: 'ghcr.io/llm-d/llm-d-cuda:v0.9.0',
              command: ['/bin/bash', '-c', 'exec vllm serve /mnt/models'],
              ...main,
            },
          ],
        },
      },
      ports: [{ name: 'https', port: 8000, targetPort: 8000 }],
    });
    return renamed(parts, 'Service', `${name}-kserve-workload-svc`);
  }
  if (object.kind === 'Workspace') {
    const selector = { 'kaito.sh/workspace': name };
    const parts = workload(object, {
      name,
      replicas: 1,
      selector: {
        ...selector,
        'statefulset.kubernetes.io/pod-name': `${name}-0`,
      },
      template: {
        metadata: { labels: selector },
        spec: {
          containers: [
            {
              name,
              image: 'mcr.microsoft.com/aks/kaito/kaito-base:0.5.0',
              command: ['/bin/sh', '-c', KAITO_COMMAND],
              ports: [{ name: 'http', containerPort: 5000 }],
              resources: { limits: { 'nvidia.com/gpu': '1' } },
            },
          ],
        },
      },
      ports: [
        { name: 'http', port: 80, targetPort: 5000 },
        { name: 'ray', port: 6379, targetPort: 6379 },
      ],
    });
    return parts.map(part =>
      part.kind === 'Deployment' ? { ...part, kind: 'StatefulSet' } : part,
    );
  }
  return [];
}

const KAITO_COMMAND =
  'python3 /workspace/vllm/inference_api.py --model=microsoft/phi-4 --served-model-name=phi-4';

function renamed(parts: RawObject[], kind: string, name: string): RawObject[] {
  return parts.map(part =>
    part.kind === kind
      ? { ...part, metadata: { ...part.metadata, name } }
      : part,
  );
}

/** The object with the status that its operator writes once everything runs, or waits. */
export function withOperatorStatus(
  object: RawObject,
  { pods = 'Ready' }: { pods?: 'Ready' | 'Unscheduled' },
): RawObject {
  if (object.status) return object;
  const { name, namespace, generation } = object.metadata ?? {};
  const ready = pods === 'Ready';
  const status = ready ? 'True' : 'False';
  if (object.kind === 'InferenceService') {
    const url = `http://${name}-predictor.${namespace}.svc.cluster.local`;
    const answer = {
      observedGeneration: generation,
      conditions: [{ type: 'Ready', status }],
      ...(ready ? { address: { url } } : {}),
    };
    return { ...object, status: answer };
  }
  if (object.kind === 'NIMService') {
    const answer = {
      state: ready ? 'Ready' : 'NotReady',
      conditions: [{ type: 'NIM_SERVICE_READY', status }],
    };
    return { ...object, status: answer };
  }
  if (object.kind === 'LLMInferenceService') {
    const conditions = [{ type: 'Ready', status }];
    return { ...object, status: { conditions } };
  }
  if (object.kind === 'Workspace') {
    const conditions = [
      { type: 'ResourceReady', status: 'True' },
      { type: 'InferenceReady', status },
      { type: 'WorkspaceSucceeded', status },
    ];
    return { ...object, status: { conditions } };
  }
  return object;
}

function workload(
  owner: RawObject,
  part: {
    name: string;
    replicas: number;
    selector: Record<string, string>;
    template: { metadata: RawMeta; spec: RawPodSpec };
    ports: { name?: string; port?: number; targetPort?: number | string }[];
  },
): RawObject[] {
  const { name, replicas, selector, template, ports } = part;
  const { namespace, labels } = owner.metadata ?? {};
  const metadata = {
    name,
    namespace,
    labels,
    ownerReferences: [
      {
        kind: owner.kind,
        name: owner.metadata?.name,
        uid: owner.metadata?.uid,
        controller: true,
      },
    ],
  };
  return [
    {
      kind: 'Deployment',
      metadata,
      spec: { replicas, selector: { matchLabels: selector }, template },
    },
    { kind: 'Service', metadata, spec: { selector, ports } },
  ];
}
