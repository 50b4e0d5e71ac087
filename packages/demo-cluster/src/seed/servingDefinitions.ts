import {
  age,
  conditions,
  Definition,
  integer,
  object,
  open,
  Schema,
  text,
} from './definition';

const boolean: Schema = { type: 'boolean' };
const strings: Schema = { type: 'array', items: text };
const labels: Schema = { type: 'object', additionalProperties: text };
const list: Schema = { type: 'array', items: open };
const quantity: Schema = { 'x-kubernetes-int-or-string': true };
const count: Schema = { type: 'integer', minimum: 0 };

/** An object whose named fields are typed and whose others are kept as they are: those of pods and containers, mostly. */
const extended = (
  properties: Record<string, Schema>,
  required?: string[],
): Schema => ({
  ...open,
  properties,
  ...(required && { required }),
});

const status = (fields: Record<string, Schema>): Schema =>
  extended({ conditions, ...fields });

const column = (name: string, jsonPath: string, type = 'string') => ({
  name,
  type,
  jsonPath,
});
const condition = (name: string, type: string) =>
  column(name, `.status.conditions[?(@.type=='${type}')].status`);

/**
 * Custom resources of the operators that serve models. Fields as in kserve at aaac4e2 (0.20), k8s-nim-operator at f63f74d (3.1),
 * kaito at 056b828 (0.12) and kubeai at f442a2c (0.22); what is a pod's or a container's own is left open.
 */
export const SERVING_DEFINITIONS: readonly Definition[] = [
  {
    group: 'serving.kserve.io',
    version: 'v1beta1',
    kind: 'InferenceService',
    plural: 'inferenceservices',
    shortNames: ['isvc'],
    scope: 'Namespaced',
    spec: {
      ...object({
        predictor: extended({
          labels,
          annotations: labels,
          minReplicas: count,
          maxReplicas: integer,
          model: extended(
            {
              modelFormat: {
                ...object({ name: text, version: text }),
                required: ['name'],
              },
              runtime: text,
              storageUri: text,
              protocolVersion: text,
            },
            ['modelFormat'],
          ),
        }),
      }),
      required: ['predictor'],
    },
    status: status({ observedGeneration: integer, url: text }),
    columns: [column('URL', '.status.url'), condition('Ready', 'Ready'), age],
  },
  {
    group: 'serving.kserve.io',
    version: 'v1alpha2',
    otherVersions: ['v1alpha1'],
    kind: 'LLMInferenceService',
    plural: 'llminferenceservices',
    shortNames: ['llmisvc'],
    scope: 'Namespaced',
    spec: {
      ...object({
        model: {
          ...object({ uri: text, name: text, lora: open }),
          required: ['uri'],
        },
        storageInitializer: object({ enabled: boolean }),
        replicas: count,
        scaling: open,
        parallelism: object({
          tensor: integer,
          pipeline: integer,
          data: integer,
          dataLocal: integer,
          dataRPCPort: integer,
          expert: boolean,
        }),
        labels,
        annotations: labels,
        template: open,
        worker: open,
        prefill: open,
        router: open,
        tracing: open,
        kvCacheOffloading: open,
        rolloutStrategy: object({
          maxSurge: quantity,
          maxUnavailable: quantity,
        }),
        baseRefs: { type: 'array', items: object({ name: text }) },
      }),
      required: ['model'],
    },
    status: status({ url: text }),
    columns: [column('URL', '.status.url'), condition('Ready', 'Ready'), age],
  },
  {
    group: 'apps.nvidia.com',
    version: 'v1alpha1',
    kind: 'NIMService',
    plural: 'nimservices',
    scope: 'Namespaced',
    spec: extended(
      {
        image: {
          ...object({
            repository: text,
            tag: text,
            pullPolicy: text,
            pullSecrets: strings,
          }),
          required: ['repository', 'tag'],
        },
        authSecret: text,
        replicas: count,
        labels,
        annotations: labels,
        nodeSelector: labels,
        env: list,
        tolerations: list,
        storage: extended({
          pvc: object({
            create: boolean,
            name: text,
            size: text,
            storageClass: text,
            volumeAccessMode: text,
            subPath: text,
          }),
          nimCache: object({ name: text, profile: text }),
          sharedMemorySizeLimit: quantity,
        }),
        userID: integer,
        groupID: integer,
      },
      ['image'],
    ),
    status: status({ state: text, availableReplicas: integer }),
    columns: [column('Status', '.status.state'), age],
  },
  {
    group: 'kaito.sh',
    version: 'v1beta1',
    kind: 'Workspace',
    plural: 'workspaces',
    shortNames: ['wk'],
    scope: 'Namespaced',
    spec: {
      fields: {
        resource: {
          ...object({
            count: { type: 'integer', minimum: 1 },
            instanceType: text,
            labelSelector: object({
              matchLabels: labels,
              matchExpressions: list,
            }),
            preferredNodes: strings,
            partition: {
              ...object({
                mode: { type: 'string', enum: ['mig', 'accelerator'] },
                profile: text,
                count: integer,
              }),
              required: ['mode'],
            },
          }),
          required: ['labelSelector'],
        },
        inference: object({
          preset: {
            ...object({ name: text, accessMode: text, presetOptions: open }),
            required: ['name'],
          },
          template: open,
          config: text,
          adapters: list,
        }),
        tuning: open,
      },
    },
    status: status({
      state: text,
      workerNodes: strings,
      targetNodeCount: integer,
    }),
    columns: [
      column('State', '.status.state'),
      condition('ResourceReady', 'ResourceReady'),
      condition('InferenceReady', 'InferenceReady'),
      age,
    ],
  },
  {
    group: 'kubeai.org',
    version: 'v1',
    kind: 'Model',
    plural: 'models',
    scope: 'Namespaced',
    spec: {
      ...object({
        url: { type: 'string', pattern: '^(hf|pvc|ollama|s3|gs|oss)://' },
        engine: {
          type: 'string',
          enum: ['OLlama', 'VLLM', 'FasterWhisper', 'Infinity'],
        },
        features: {
          type: 'array',
          items: {
            type: 'string',
            enum: [
              'TextGeneration',
              'TextEmbedding',
              'Reranking',
              'SpeechToText',
            ],
          },
        },
        resourceProfile: text,
        cacheProfile: text,
        image: text,
        args: strings,
        env: labels,
        envFrom: list,
        adapters: list,
        files: list,
        loadBalancing: open,
        replicas: integer,
        minReplicas: count,
        maxReplicas: { type: 'integer', minimum: 1 },
        autoscalingDisabled: boolean,
        targetRequests: { type: 'integer', minimum: 1, default: 100 },
        scaleDownDelaySeconds: { type: 'integer', default: 30 },
        priorityClassName: text,
        owner: text,
      }),
      required: ['engine', 'features', 'url'],
    },
    status: status({ replicas: object({ all: integer, ready: integer }) }),
    columns: [
      column('Engine', '.spec.engine'),
      column('Ready', '.status.replicas.ready', 'integer'),
      age,
    ],
  },
];
