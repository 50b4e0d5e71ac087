import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { SERVING_NAMESPACE } from './namespaces';
import { RESTRICTED_CONTAINER } from './modelServer';
import { seedObject, SeedObject } from './SeedObject';

const namespace = SERVING_NAMESPACE;

const A100 = { 'nvidia.com/gpu.product': 'NVIDIA-A100-SXM4-80GB' };
const SLICE = '3g.40gb';
const SLICES = { [`nvidia.com/mig-${SLICE}`]: '1' };
const TOLERATIONS = [
  { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
];
const POD_SECURITY = {
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
};

const resources = {
  requests: { cpu: '4', memory: '32Gi', ...SLICES },
  limits: { cpu: '8', memory: '32Gi', ...SLICES },
};

const kserve = (name: string, model: string): SeedObject =>
  seedObject(
    'serving.kserve.io/v1beta1',
    'InferenceService',
    'inferenceservices',
    {
      name,
      namespace,
      annotations: { 'serving.kserve.io/deploymentMode': 'Standard' },
    },
    {
      spec: {
        predictor: {
          minReplicas: 1,
          maxReplicas: 1,
          nodeSelector: A100,
          tolerations: TOLERATIONS,
          securityContext: POD_SECURITY,
          model: {
            modelFormat: { name: 'huggingface' },
            runtime: 'kserve-huggingfaceserver',
            args: [
              `--model_name=${name}`,
              `--model_id=${model}`,
              '--backend=vllm',
              '--max-model-len=16384',
            ],
            resources,
            securityContext: RESTRICTED_CONTAINER,
          },
        },
      },
    },
  );

const llmD = (name: string, model: string): SeedObject =>
  seedObject(
    'serving.kserve.io/v1alpha2',
    'LLMInferenceService',
    'llminferenceservices',
    { name, namespace },
    {
      spec: {
        model: { uri: `hf://${model}`, name: model },
        replicas: 1,
        template: {
          nodeSelector: A100,
          tolerations: TOLERATIONS,
          securityContext: POD_SECURITY,
          containers: [{ name: 'main', resources }],
        },
      },
    },
  );

const kaito = (name: string, preset: string): SeedObject =>
  seedObject(
    'kaito.sh/v1beta1',
    'Workspace',
    'workspaces',
    { name, namespace },
    {
      resource: {
        labelSelector: { matchLabels: A100 },
        partition: { mode: 'mig', profile: SLICE },
      },
      inference: { preset: { name: preset } },
    },
  );

const kubeAi = (name: string, model: string, minReplicas: number): SeedObject =>
  seedObject(
    'kubeai.org/v1',
    'Model',
    'models',
    { name, namespace },
    {
      spec: {
        url: `hf://${model}`,
        engine: 'VLLM',
        features: ['TextGeneration'],
        resourceProfile: 'nvidia-gpu-l4:1',
        args: ['--max-model-len=16384'],
        minReplicas,
        maxReplicas: 2,
        targetRequests: 100,
        scaleDownDelaySeconds: 30,
      },
    },
  );

/** A NIM whose cache nobody made: the operator says so and makes no pod. */
const nimWithoutCache = (): SeedObject =>
  seedObject(
    'apps.nvidia.com/v1alpha1',
    'NIMService',
    'nimservices',
    {
      name: 'llama-nim',
      namespace,
      annotations: { [ANNOTATIONS.model]: 'meta-llama/Llama-3.1-8B-Instruct' },
    },
    {
      spec: {
        image: {
          repository: 'nvcr.io/nim/meta/llama-3.1-8b-instruct',
          tag: '2.0.13',
          pullPolicy: 'IfNotPresent',
          pullSecrets: ['ngc-login'],
        },
        authSecret: 'ngc-api',
        replicas: 1,
        storage: { nimCache: { name: 'llama-nim-cache' } },
        resources: { limits: SLICES },
        expose: { service: { type: 'ClusterIP', port: 8000 } },
      },
    },
  );

/** KubeAI itself, as its chart installs it beside its Models. */
const kubeAiProxy = (): SeedObject[] => {
  const name = 'kubeai';
  const labels = {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': name,
  };
  return [
    seedObject(
      'apps/v1',
      'Deployment',
      'deployments',
      { name, namespace, labels },
      {
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              securityContext: POD_SECURITY,
              containers: [
                {
                  name,
                  image: 'ghcr.io/kubeai-project/kubeai:v0.22.1',
                  ports: [
                    { name: 'http', containerPort: 8000, protocol: 'TCP' },
                  ],
                  resources: { requests: { cpu: '500m', memory: '512Mi' } },
                  readinessProbe: {
                    tcpSocket: { port: 'http' },
                    periodSeconds: 10,
                  },
                  securityContext: RESTRICTED_CONTAINER,
                },
              ],
            },
          },
        },
      },
    ),
    seedObject(
      'v1',
      'Service',
      'services',
      { name, namespace, labels },
      {
        spec: {
          type: 'ClusterIP',
          selector: labels,
          ports: [
            { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
          ],
        },
      },
    ),
  ];
};

/** What the platform team serves by operators: one of each kind, one that cannot come up, one that sleeps. */
export function operatorServerObjects(): SeedObject[] {
  return [
    kserve('qwen-kserve', 'Qwen/Qwen2.5-7B-Instruct'),
    llmD('gpt-oss-llmd', 'openai/gpt-oss-20b'),
    kaito('phi-kaito', 'phi-4-mini-instruct'),
    kubeAi('coder-kubeai', 'Qwen/Qwen2.5-Coder-7B-Instruct', 1),
    kubeAi('mistral-kubeai', 'mistralai/Mistral-7B-Instruct-v0.3', 0),
    ...kubeAiProxy(),
    nimWithoutCache(),
  ];
}
