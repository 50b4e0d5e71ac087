import { z } from 'zod';
import { clusterStatusSchema } from './clusters';
import { acceleratorVendorSchema } from './gpus';
import {
  inferencePlanSchema,
  planReasonSchema,
  verdictSchema,
} from './inferencePlan';
import { clusterNameSchema, dnsLabelSchema } from './names';
import { ragLlmEngineSchema, ragStoreKindSchema } from './ragSpec';
import { storageModeSchema } from './storageClasses';

const count = (most: number) => z.number().int().min(1).max(most);

/**
 * Body of `POST /v1/rag-plans`: what the plan of a RAG service looks at in the values of a form. Other values, such as names of
 * Secrets, are the spec's and are dropped here.
 *
 * @public
 */
export const ragPlanRequestSchema = z.object({
  target: z.object({ cluster: clusterNameSchema, namespace: dnsLabelSchema }),
  store: z.object({
    kind: ragStoreKindSchema,
    collection: z.string().max(48).optional(),
    url: z.string().max(300).optional(),
    create: z.boolean().optional(),
    replicas: count(9).optional(),
  }),
  embedding: z.object({
    model: z.string().min(1).max(200),
    dimension: count(16_000),
    /** tokens */
    maxTokens: z.number().int().min(32).max(131_072),
    url: z.string().max(300).optional(),
    create: z.boolean().optional(),
  }),
  llm: z
    .object({
      url: z.string().max(300).optional(),
      model: z.string().min(1).max(200),
      contextTokens: z.number().int().min(512).max(10_000_000),
      maxAnswerTokens: z.number().int().min(16).max(1_000_000).optional(),
      /** A model server is to be made, with the engine and on the GPU that follow. */
      create: z.boolean().optional(),
      /** Absent: vLLM. */
      engine: ragLlmEngineSchema.optional(),
      /** Absent or empty: any GPU. */
      accelerator: z
        .object({
          vendor: acceleratorVendorSchema.optional(),
          resource: z.string().max(128).optional(),
          product: z.string().max(128).optional(),
        })
        .optional(),
      replicas: count(64).optional(),
      storage: z
        .object({
          mode: storageModeSchema.optional(),
          className: dnsLabelSchema.optional(),
        })
        .optional(),
    })
    .refine(({ url, create }) => url || create, {
      path: ['url'],
      error: 'must be there, unless a model server is made',
    }),
  history: z
    .object({
      mode: z.enum(['None', 'Create', 'Existing']).optional(),
      instances: count(9).optional(),
      messages: z.number().int().min(0).max(200).optional(),
    })
    .optional(),
  retrieval: z
    .object({
      /** tokens */
      chunkTokens: z.number().int().min(16).max(8192).optional(),
      /** tokens */
      chunkOverlapTokens: z.number().int().min(0).max(4096).optional(),
      topK: count(100).optional(),
    })
    .optional(),
  /** Cron with five fields, UTC; absent: documents are read once. */
  schedule: z.string().max(100).optional(),
});

/** @public */
export type RagPlanRequest = z.infer<typeof ragPlanRequestSchema>;

/** Of a model server that is to be made; how fresh it is says the plan around it. @public */
export const ragServerPlanSchema = inferencePlanSchema.omit({ clusters: true });

/** @public */
export type RagServerPlan = z.infer<typeof ragServerPlanSchema>;

/**
 * Answer of `POST /v1/rag-plans`. `DoesNotFit`: a reason against it. `Unknown`: something that it stands on could not be seen.
 * `Tight`: it works with less than one might expect.
 *
 * @public
 */
export const ragPlanSchema = z.object({
  verdict: verdictSchema,
  /** One sentence for a person. */
  summary: z.string(),
  /** Those of the plans below are among them, led by `embedding` and `llm`. */
  reasons: z.array(planReasonSchema),
  /** Of the embedding server, where one is to be made. */
  embeddingPlan: ragServerPlanSchema.optional(),
  /** Of the language model, where a server of it is to be made. */
  llmPlan: ragServerPlanSchema.optional(),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type RagPlan = z.infer<typeof ragPlanSchema>;
