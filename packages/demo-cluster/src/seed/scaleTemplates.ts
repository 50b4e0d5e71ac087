import { ANNOTATIONS, LABELS } from '@promptside/backstage-plugin-genai-common';
import { EnvVar, PodSpec, PodTemplate } from '../sim/kubeTypes';
import { gpuTaintKey, isNvidia } from './gpuLabels';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from './modelServer';
import { NodePool } from './NodePool';

/** One Deployment of a large cluster. */
export interface ScaleWorkload {
  name: string;
  namespace: string;
  replicas: number;
  /** Set for those that use GPUs. */
  gpus?: { pool: NodePool; perPod: number };
}

/** Small enough for each product of the large cluster. */
const MODELS = [
  'meta-llama/Llama-3.1-8B-Instruct',
  'Qwen/Qwen2.5-7B-Instruct',
  'google/gemma-2-9b-it',
  'mistralai/Mistral-7B-Instruct-v0.3',
];

const productSelector = (pool: NodePool): Record<string, string> => {
  const gpus = pool.gpus;
  if (!gpus) {
    return {};
  }
  if (isNvidia(gpus)) {
    return { 'nvidia.com/gpu.product': gpus.product.label };
  }
  return gpus.product.vendor === 'amd'
    ? { 'amd.com/gpu.product-name': gpus.product.label }
    : { 'gpu.intel.com/product': gpus.product.label };
};

/** As many variables as services of this size usually have; they make up much of a real pod. */
const environment = (name: string): EnvVar[] => [
  ...Array.from({ length: 1 }, (_, index) => ({
    name: `APP_SETTING_${String(index).padStart(2, '0')}`,
    value: `${name}-value-${index}-of-a-usual-length`,
  })),
  { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  {
    name: 'POD_NAMESPACE',
    valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } },
  },
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://otel.monitoring:4317' },
];

const probe = (path: string) => ({
  httpGet: { path, port: 'http', scheme: 'HTTP' },
  periodSeconds: 10,
  timeoutSeconds: 5,
  successThreshold: 1,
  failureThreshold: 3,
});

/** Labels that select a workload's pods. */
export const selectorOf = ({ name }: ScaleWorkload) => ({
  [LABELS.name]: name.startsWith('llm') ? 'vllm' : 'service',
  [LABELS.instance]: name,
});

const podSpec = (workload: ScaleWorkload): PodSpec => {
  const { name, gpus } = workload;
  const model = MODELS[name.length % MODELS.length];
  const devices = gpus?.pool.gpus && {
    [gpuTaintKey(gpus.pool.gpus)]: String(gpus.perPod),
  };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    serviceAccountName: 'default',
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    terminationGracePeriodSeconds: 60,
    securityContext: RESTRICTED_POD,
    ...(gpus && { nodeSelector: productSelector(gpus.pool) }),
    tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
    containers: [
      {
        name: gpus ? 'vllm' : 'app',
        image: gpus
          ? 'vllm/vllm-openai:v0.33.0'
          : 'registry.k8s.io/e2e-test-images/agnhost:2.53',
        imagePullPolicy: 'IfNotPresent',
        ...(gpus && {
          args: [`--model=${model}`, `--served-model-name=${model}`],
        }),
        env: environment(name),
        ports: [{ name: 'http', containerPort: 8000, protocol: 'TCP' }],
        resources: {
          requests: { cpu: '500m', memory: '1Gi', ...devices },
          limits: { cpu: '2', memory: '4Gi', ...devices },
        },
        readinessProbe: probe('/health'),
        livenessProbe: probe('/health'),
        securityContext: RESTRICTED_CONTAINER,
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        volumeMounts: [
          { name: 'cache', mountPath: '/cache' },
          { name: 'shm', mountPath: '/dev/shm' },
        ],
      },
    ],
    volumes: [
      { name: 'cache', emptyDir: { sizeLimit: '40Gi' } },
      { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '2Gi' } },
    ],
  };
};

/** Template of a workload's pods. */
export function scaleTemplate(workload: ScaleWorkload): PodTemplate {
  const { name, namespace, gpus } = workload;
  return {
    metadata: {
      labels: {
        ...selectorOf(workload),
        [LABELS.kubernetesId]: name,
        [LABELS.component]: gpus ? 'model-server' : 'service',
        [LABELS.partOf]: namespace,
        [LABELS.managedBy]: 'demo',
      },
      annotations: {
        [ANNOTATIONS.owner]: `group:default/${namespace}`,
        [ANNOTATIONS.entityRef]: `component:default/${name}`,
        ...(gpus && {
          [ANNOTATIONS.model]: MODELS[name.length % MODELS.length],
        }),
      },
    },
    spec: podSpec(workload),
  };
}
