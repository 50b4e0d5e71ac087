import { z } from 'zod';
import { clusterStatusSchema } from './clusters';
import { acceleratorVendorSchema, gpuSharingSchema } from './gpus';
import {
  clusterNameSchema,
  dnsLabelSchema,
  modelIdSchema,
  queueNameSchema,
} from './names';
import { quantizationSchema } from './models';
import { storageModeSchema } from './storageClasses';

/**
 * Ways to serve that the inference golden path brings along. Several keys may end in one serving runtime: `tgi-substratus` is
 * TGI deployed by the Substratus AI Helm chart.
 *
 * @public
 */
export const knownEngineSchema = z.enum([
  'vllm',
  'tgi',
  'tgi-substratus',
  'sglang',
  'llama-cpp',
  'tei',
  'triton',
  'kserve',
  'nim',
]);

/** @public */
export type KnownEngine = z.infer<typeof knownEngineSchema>;

const WORD = /^[a-z][a-z0-9]{0,14}(-[a-z0-9]{1,15}){0,2}$/;

/** An engine that a module adds: `<house>/<engine>`, so that no engine of ours will ever have its name. @public */
export const addedEngineSchema = z.templateLiteral([
  z.string().regex(WORD),
  '/',
  z.string().regex(WORD),
]);

/** @public */
export type AddedEngineName = z.infer<typeof addedEngineSchema>;

/** What the golden path can plan for and render: an engine of ours, or one that was added. @public */
export const inferenceEngineSchema = z.union(
  [knownEngineSchema, addedEngineSchema],
  {
    error: () =>
      `must be one of ${knownEngineSchema.options.join(', ')}, or an added engine such as acme/serve`,
  },
);

/** @public */
export type InferenceEngine = z.infer<typeof inferenceEngineSchema>;

/**
 * `Fits`: memory, free GPUs, quota all suffice. `Tight`: it works, with less than asked in some respect (one sequence at
 * full context, last GPUs, quota used up). `DoesNotFit`: it would fail. `Unknown`: a number needed is missing.
 *
 * @public
 */
export const verdictSchema = z.enum(['Fits', 'Tight', 'DoesNotFit', 'Unknown']);

/** @public */
export type Verdict = z.infer<typeof verdictSchema>;

/** `0.11`, `v0.11.0`, `0.11.0rc1`: what has at least a major number in front. */
const engineVersionSchema = z
  .string()
  .max(40)
  .regex(
    /^v?\d{1,4}(\.\d{1,4})?([.+-].*|[A-Za-z].*)?$/,
    'write it like 0.11.0',
  );

/** Body of `POST /v1/inference-plans`. @public */
export const inferencePlanRequestSchema = z.strictObject({
  model: modelIdSchema,
  engine: inferenceEngineSchema.optional(),
  /** Release of the engine, e.g. `0.11.0`; absent: the one that the golden path pins. */
  engineVersion: engineVersionSchema.optional(),
  cluster: clusterNameSchema.optional(),
  namespace: dnsLabelSchema.optional(),
  /** LocalQueue of Kueue in that namespace; absent: its only one, or the one called `default`. */
  queue: queueNameSchema.optional(),
  vendor: acceleratorVendorSchema.optional(),
  /** Product label; absent: every product is tried. */
  product: z.string().max(128).optional(),
  /** Extended resource, e.g. a MIG profile; absent: whole GPUs. */
  resource: z.string().max(128).optional(),
  /** GPUs a replica; absent: the smallest number that fits. */
  gpuCount: z.number().int().min(1).max(64).optional(),
  /** GPUs that share each layer; absent: all of a replica. Fewer than `gpuCount` make a pipeline. */
  tensorParallelSize: z.number().int().min(1).max(64).optional(),
  /** tokens */
  contextLength: z.number().int().min(1).max(10_000_000).optional(),
  /** Sequences at full context at the same time; default 1. */
  concurrency: z.number().int().min(1).max(4096).optional(),
  replicas: z.number().int().min(1).max(64).optional(),
  /** How weights are kept; with it or a class the plan looks at the cluster's storage. */
  storageMode: storageModeSchema.optional(),
  /** StorageClass; absent: the cluster's default. */
  storageClassName: dnsLabelSchema.optional(),
  quantization: quantizationSchema.optional(),
  kvCacheDtype: z.enum(['auto', 'fp8']).optional(),
  /** 0.1 to 0.99 */
  gpuMemoryUtilization: z.number().min(0.1).max(0.99).optional(),
});

/** @public */
export type InferencePlanRequest = z.infer<typeof inferencePlanRequestSchema>;

/** One reason of a verdict, with its numbers in the message. @public */
export const planReasonSchema = z.object({
  /** PascalCase, e.g. `InsufficientGpuMemory`, `QuotaExceeded`, `NoFreeGpus`. */
  code: z.string(),
  /** Field of the request that it is about. */
  field: z.string().optional(),
  severity: z.enum(['Info', 'Warning', 'Blocking']),
  message: z.string(),
});

/** @public */
export type PlanReason = z.infer<typeof planReasonSchema>;

/** Memory of one replica. Bytes unless named otherwise. @public */
export const planMemorySchema = z.object({
  weightsBytes: z.number(),
  weightsBytesPerGpu: z.number(),
  kvBytesPerToken: z.number(),
  kvBytesAtContext: z.number(),
  /** What the engine takes besides weights and KV cache. */
  overheadBytesPerGpu: z.number(),
  /** Memory of the device that a driver reports. */
  deviceBytes: z.number(),
  /** `deviceBytes` x gpuMemoryUtilization */
  budgetBytesPerGpu: z.number(),
  /** KV cache left in all GPUs of the replica, in tokens; absent: the engine keeps none. */
  kvPoolTokens: z.number().int().optional(),
  /** Sequences at the asked context that the pool holds; absent: the engine keeps no KV cache. */
  maxConcurrencyRatio: z.number().optional(),
  /** Longest context with one sequence. */
  longestContext: z.number().int(),
});

/** @public */
export type PlanMemory = z.infer<typeof planMemorySchema>;

/** @public */
export const planPriceSchema = z.object({
  /** Of all replicas an hour. */
  amount: z.number(),
  /** ISO 4217 */
  currency: z.string(),
});

/** @public */
export type PlanPrice = z.infer<typeof planPriceSchema>;

/** One shape of hardware that was tried. @public */
export const planCandidateSchema = z.object({
  cluster: z.string().optional(),
  /** LocalQueue of Kueue that is to admit the pods; absent: none. */
  queue: z.string().optional(),
  vendor: acceleratorVendorSchema,
  product: z.string().optional(),
  resource: z.string(),
  sharing: gpuSharingSchema,
  /** GPUs a replica */
  gpuCount: z.number().int(),
  tensorParallelSize: z.number().int(),
  quantization: quantizationSchema,
  contextLength: z.number().int(),
  /** As the engine shall keep the KV cache; absent: `auto`. */
  kvCacheDtype: z.enum(['auto', 'fp8']).optional(),
  /** Share of the device the engine may take; absent: its default of 0.9. */
  gpuMemoryUtilization: z.number().optional(),
  verdict: verdictSchema,
  reasons: z.array(planReasonSchema),
  memory: planMemorySchema.optional(),
  /** Free devices on schedulable nodes. */
  freeCount: z.number().int().optional(),
  /** Replicas that could be placed now. */
  placeableReplicas: z.number().int().optional(),
  /** By the adopter's table; absent where it has no price. */
  pricePerHour: planPriceSchema.optional(),
});

/** @public */
export type PlanCandidate = z.infer<typeof planCandidateSchema>;

/** @public */
export const planQuotaSchema = z.object({
  namespace: z.string(),
  /** Name of the ResourceQuota. */
  name: z.string(),
  resource: z.string(),
  hard: z.number(),
  used: z.number(),
  left: z.number(),
});

/** @public */
export type PlanQuota = z.infer<typeof planQuotaSchema>;

/** Answer of `POST /v1/inference-plans`. @public */
export const inferencePlanSchema = z.object({
  model: z.string(),
  engine: inferenceEngineSchema,
  verdict: verdictSchema,
  /** One sentence for a person. */
  summary: z.string(),
  reasons: z.array(planReasonSchema),
  /** The best candidate: what the golden path renders. Absent when no hardware was known. */
  choice: planCandidateSchema.optional(),
  /** Other ways, best first: other GPUs, fewer tokens, quantized weights. */
  alternatives: z.array(planCandidateSchema),
  quota: z.array(planQuotaSchema),
  replicas: z.number().int(),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type InferencePlan = z.infer<typeof inferencePlanSchema>;
