import { z } from 'zod';
import { clusterStatusSchema } from './clusters';
import { engineMetricsSchema } from './engineMetrics';
import {
  acceleratorVendorSchema,
  gpuAllocationSchema,
  gpuSharingSchema,
} from './gpus';
import { clusterNameSchema, dnsLabelSchema, entityRefSchema } from './names';

/**
 * Serving runtimes by their stable key. `unknown`: it serves a model, nobody told with what.
 *
 * @public
 */
export const servingRuntimeSchema = z.enum([
  'vllm',
  'tgi',
  'triton',
  'sglang',
  'llama-cpp',
  'tei',
  'kserve',
  'kaito',
  'nim',
  'kubeai',
  'ollama',
  'unknown',
]);

/** @public */
export type ServingRuntime = z.infer<typeof servingRuntimeSchema>;

/**
 * State of a model server. `Ready`: every wanted replica serves. `Degraded`: some do. `Starting`: on its way and nothing
 * is wrong. `Failed`: it will not become ready without a change. `Stopped`: scaled to zero. `Unknown`: not enough is known.
 *
 * @public
 */
export const modelServerStateSchema = z.enum([
  'Ready',
  'Degraded',
  'Starting',
  'Failed',
  'Stopped',
  'Unknown',
]);

/** @public */
export type ModelServerState = z.infer<typeof modelServerStateSchema>;

/**
 * The step a starting server is at, in order.
 *
 * @public
 */
export const startupStageSchema = z.enum([
  'Accepted',
  'Scheduled',
  'PullingImage',
  'DownloadingWeights',
  'LoadingModel',
  'Serving',
]);

/** @public */
export type StartupStage = z.infer<typeof startupStageSchema>;

/** What a state is founded on: a condition, a pod, an event. @public */
export const evidenceSchema = z.object({
  /** Kind of the object that says it, e.g. `Pod`, `Event`, `Deployment`. */
  kind: z.string(),
  name: z.string(),
  reason: z.string().optional(),
  message: z.string(),
  at: z.string().optional(),
  count: z.number().int().optional(),
});

/** @public */
export type Evidence = z.infer<typeof evidenceSchema>;

/** Devices that one replica asks for. @public */
export const gpuRequestSchema = z.object({
  vendor: acceleratorVendorSchema,
  resource: z.string(),
  sharing: gpuSharingSchema,
  perReplicaCount: z.number().int(),
});

/** @public */
export type GpuRequest = z.infer<typeof gpuRequestSchema>;

/** @public */
export const modelServerSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  /** Name of the workload object. */
  name: z.string(),
  kind: z.string(),
  uid: z.string(),
  runtime: servingRuntimeSchema,
  /** Name for people of a runtime that an adopter has added. */
  runtimeTitle: z.string().optional(),
  /** Image tag or what the object says of itself. */
  runtimeVersion: z.string().optional(),
  model: z
    .object({
      /** Hugging Face id. */
      id: z.string().optional(),
      revision: z.string().optional(),
      /** Name under which clients ask for it. */
      servedName: z.string().optional(),
    })
    .optional(),
  state: modelServerStateSchema,
  stage: startupStageSchema.optional(),
  /** PascalCase, from the cluster where it has one. */
  reason: z.string().optional(),
  /** One sentence for a person. */
  message: z.string().optional(),
  evidence: z.array(evidenceSchema),
  replicas: z.object({
    desired: z.number().int(),
    ready: z.number().int(),
  }),
  /** Inside the cluster, e.g. `http://chat.team-a.svc:8000/v1`. */
  endpoint: z
    .object({ url: z.string(), protocol: z.enum(['openai', 'other']) })
    .optional(),
  gpus: z.array(gpuRequestSchema),
  entityRef: z.string().optional(),
  kubernetesId: z.string().optional(),
  owner: z.string().optional(),
  createdAt: z.string().optional(),
});

/** @public */
export type ModelServer = z.infer<typeof modelServerSchema>;

/** @public */
export const modelServersResponseSchema = z.object({
  items: z.array(modelServerSchema),
  totalCount: z.number().int(),
  nextCursor: z.string().optional(),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type ModelServersResponse = z.infer<typeof modelServersResponseSchema>;

/** Answer of `GET /v1/model-servers/:cluster/:namespace/:name`. @public */
export const modelServerDetailSchema = z.object({
  item: modelServerSchema,
  allocations: z.array(gpuAllocationSchema),
  /** Newest first, at most 50. */
  events: z.array(evidenceSchema),
  /** What the engine tells of its work; absent for a runtime whose metrics are not known and without ready pods. */
  metrics: engineMetricsSchema.optional(),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type ModelServerDetail = z.infer<typeof modelServerDetailSchema>;

/** @public */
export const modelServersQuerySchema = z.strictObject({
  cluster: clusterNameSchema.optional(),
  namespace: dnsLabelSchema.optional(),
  state: modelServerStateSchema.optional(),
  runtime: servingRuntimeSchema.optional(),
  owner: entityRefSchema.optional(),
  entityRef: entityRefSchema.optional(),
  kubernetesId: z.string().max(63).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z.string().max(512).optional(),
});

/** @public */
export type ModelServersQuery = z.infer<typeof modelServersQuerySchema>;
