import { ANNOTATIONS, LABELS } from '@promptside/backstage-plugin-genai-common';
import { Container } from '../sim/kubeTypes';
import {
  ModelServer,
  modelServerObjects,
  RESTRICTED_CONTAINER,
  RESTRICTED_POD,
} from './modelServer';
import { seedObject, SeedObject } from './SeedObject';
import { BLOCK_CLASS } from './storage';

const VLLM = 'vllm/vllm-openai:v0.33.0';
const NVIDIA_PRODUCT = 'nvidia.com/gpu.product';

/** What the teams serve when the demo starts. */
const SERVERS: readonly ModelServer[] = [
  {
    name: 'llama-chat',
    namespace: 'team-search',
    owner: 'team-search',
    runtime: 'vllm',
    image: VLLM,
    model: 'meta-llama/Llama-3.1-8B-Instruct',
    args: [
      '--model=meta-llama/Llama-3.1-8B-Instruct',
      '--served-model-name=meta-llama/Llama-3.1-8B-Instruct',
      '--max-model-len=16384',
      '--gpu-memory-utilization=0.92',
    ],
    resource: 'nvidia.com/gpu',
    count: 1,
    nodeSelector: { [NVIDIA_PRODUCT]: 'NVIDIA-L4' },
    memory: '24Gi',
    cache: '40Gi',
    entity: 'llama-chat',
  },
  {
    name: 'search-embeddings',
    namespace: 'team-search',
    owner: 'team-search',
    runtime: 'tei',
    image: 'ghcr.io/huggingface/text-embeddings-inference:1.9',
    model: 'BAAI/bge-m3',
    args: ['--model-id=BAAI/bge-m3', '--port=8080', '--auto-truncate'],
    resource: 'nvidia.com/mig-1g.10gb',
    count: 1,
    nodeSelector: { [NVIDIA_PRODUCT]: 'NVIDIA-A100-SXM4-80GB' },
    memory: '8Gi',
    cache: '10Gi',
    entity: 'search-embeddings',
  },
  {
    name: 'gemma-batch',
    namespace: 'team-search',
    owner: 'team-search',
    runtime: 'vllm',
    image: VLLM,
    model: 'google/gemma-3-27b-it',
    args: [
      '--model=google/gemma-3-27b-it',
      '--served-model-name=google/gemma-3-27b-it',
      '--tensor-parallel-size=2',
      '--max-model-len=32768',
    ],
    resource: 'nvidia.com/gpu',
    count: 2,
    nodeSelector: { [NVIDIA_PRODUCT]: 'NVIDIA-H100-80GB-HBM3' },
    memory: '96Gi',
    cache: '120Gi',
    load: 'idle',
    entity: 'gemma-batch',
  },
  {
    name: 'chat-llm',
    namespace: 'team-chat',
    owner: 'team-chat',
    runtime: 'vllm',
    image: VLLM,
    model: 'meta-llama/Llama-3.3-70B-Instruct',
    args: [
      '--model=meta-llama/Llama-3.3-70B-Instruct',
      '--served-model-name=meta-llama/Llama-3.3-70B-Instruct',
      '--tensor-parallel-size=4',
      '--max-model-len=65536',
    ],
    resource: 'nvidia.com/gpu',
    count: 4,
    nodeSelector: { [NVIDIA_PRODUCT]: 'NVIDIA-H100-80GB-HBM3' },
    memory: '192Gi',
    cache: '300Gi',
    entity: 'chat-llm',
  },
  {
    name: 'qwen-amd',
    namespace: 'team-chat',
    owner: 'team-chat',
    runtime: 'vllm',
    image: 'vllm/vllm-openai-rocm:v0.33.0',
    model: 'Qwen/Qwen2.5-72B-Instruct',
    args: [
      '--model=Qwen/Qwen2.5-72B-Instruct',
      '--served-model-name=Qwen/Qwen2.5-72B-Instruct',
      '--tensor-parallel-size=2',
      '--max-model-len=32768',
    ],
    resource: 'amd.com/gpu',
    count: 2,
    nodeSelector: { 'amd.com/gpu.product-name': 'AMD_Instinct_MI300X_OAM' },
    memory: '192Gi',
    cache: '300Gi',
  },
  {
    name: 'phi-intel',
    namespace: 'team-chat',
    owner: 'team-chat',
    runtime: 'vllm',
    image: 'intel/vllm:0.14.1-xpu',
    model: 'microsoft/phi-4',
    args: [
      '--model=microsoft/phi-4',
      '--served-model-name=microsoft/phi-4',
      '--max-model-len=16384',
    ],
    resource: 'gpu.intel.com/xe',
    count: 1,
    nodeSelector: { 'gpu.intel.com/product': 'Max_1550' },
    memory: '48Gi',
    cache: '60Gi',
  },
];

/** A model of 61 GiB on a GPU of 22 GiB: it dies while it loads, again and again. */
const CRASHING: ModelServer = {
  name: 'qwen-trial',
  namespace: 'team-chat',
  owner: 'team-chat',
  runtime: 'vllm',
  image: VLLM,
  model: 'Qwen/Qwen2.5-32B-Instruct',
  args: [
    '--model=Qwen/Qwen2.5-32B-Instruct',
    '--served-model-name=Qwen/Qwen2.5-32B-Instruct',
    '--max-model-len=8192',
  ],
  resource: 'nvidia.com/gpu',
  count: 1,
  nodeSelector: { [NVIDIA_PRODUCT]: 'NVIDIA-L4' },
  memory: '48Gi',
  cache: '100Gi',
};

interface DataStore {
  name: string;
  appName: string;
  container: Omit<Container, 'name'>;
  mountPath: string;
  port: number;
  storage: string;
}

const DATA_STORES: readonly DataStore[] = [
  {
    name: 'chroma',
    appName: 'chroma',
    container: {
      image: 'ghcr.io/chroma-core/chroma:1.5.9',
      env: [{ name: 'IS_PERSISTENT', value: 'TRUE' }],
    },
    mountPath: '/data',
    port: 8000,
    // small enough to be filled by hand
    storage: '512Mi',
  },
  {
    name: 'chat-history',
    appName: 'postgresql',
    container: {
      image: 'postgres:17.7',
      env: [
        { name: 'PGDATA', value: '/var/lib/postgresql/data/pgdata' },
        { name: 'POSTGRES_HOST_AUTH_METHOD', value: 'scram-sha-256' },
      ],
    },
    mountPath: '/var/lib/postgresql/data',
    port: 5432,
    storage: '20Gi',
  },
];

const dataStoreObjects = (
  store: DataStore,
  namespace: string,
  owner: string,
): SeedObject[] => {
  const { name, appName, port } = store;
  const portName = port === 5432 ? 'postgres' : 'http';
  const selector = { [LABELS.name]: appName, [LABELS.instance]: name };
  const labels = {
    ...selector,
    [LABELS.component]: appName === 'chroma' ? 'vector-store' : 'database',
    ...(appName === 'chroma' && { [LABELS.purpose]: 'vector-store' }),
    [LABELS.kubernetesId]: name,
  };
  const annotations = { [ANNOTATIONS.owner]: `group:default/${owner}` };
  return [
    seedObject(
      'v1',
      'Service',
      'services',
      { name, namespace, labels },
      {
        spec: {
          type: 'ClusterIP',
          clusterIP: 'None',
          clusterIPs: ['None'],
          selector,
          ports: [
            { name: portName, port, targetPort: portName, protocol: 'TCP' },
          ],
        },
      },
    ),
    seedObject(
      'apps/v1',
      'StatefulSet',
      'statefulsets',
      { name, namespace, labels, annotations },
      {
        spec: {
          replicas: 1,
          serviceName: name,
          podManagementPolicy: 'OrderedReady',
          revisionHistoryLimit: 10,
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { partition: 0 },
          },
          selector: { matchLabels: selector },
          template: {
            metadata: { labels, annotations },
            spec: {
              securityContext: RESTRICTED_POD,
              containers: [
                {
                  name: appName,
                  ...store.container,
                  ports: [
                    { name: portName, containerPort: port, protocol: 'TCP' },
                  ],
                  resources: {
                    requests: { cpu: '500m', memory: '2Gi' },
                    limits: { cpu: '2', memory: '4Gi' },
                  },
                  readinessProbe: {
                    tcpSocket: { port: portName },
                    periodSeconds: 10,
                  },
                  securityContext: RESTRICTED_CONTAINER,
                  volumeMounts: [{ name: 'data', mountPath: store.mountPath }],
                },
              ],
            },
          },
          volumeClaimTemplates: [
            {
              apiVersion: 'v1',
              kind: 'PersistentVolumeClaim',
              metadata: { name: 'data' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                storageClassName: BLOCK_CLASS,
                resources: { requests: { storage: store.storage } },
                volumeMode: 'Filesystem',
              },
            },
          ],
        },
      },
    ),
  ];
};

/** Workloads of the teams which work. */
export function teamWorkloadObjects(): SeedObject[] {
  return [
    ...SERVERS.flatMap(modelServerObjects),
    ...DATA_STORES.flatMap(store =>
      dataStoreObjects(store, 'team-chat', 'team-chat'),
    ),
  ];
}

/** The workload that does not. */
export function crashingWorkloadObjects(): SeedObject[] {
  return modelServerObjects(CRASHING);
}
