import { z } from 'zod';
import { clusterStatusSchema } from './clusters';
import { acceleratorVendorSchema } from './gpus';
import {
  inferenceEngineSchema,
  planCandidateSchema,
  verdictSchema,
} from './inferencePlan';
import { clusterNameSchema, modelIdSchema } from './names';

/** Most models in one question: more than a page shows, and planned within some hundred milliseconds. @public */
export const MODEL_FITS_LIMIT = 200;

/** Body of `POST /v1/model-fits`. @public */
export const modelFitsRequestSchema = z.strictObject({
  models: z.array(modelIdSchema).min(1).max(MODEL_FITS_LIMIT),
  /** Absent: every cluster. */
  cluster: clusterNameSchema.optional(),
  /** Absent: the default, vLLM. */
  engine: inferenceEngineSchema.optional(),
  /** Absent: GPUs of every vendor. */
  vendor: acceleratorVendorSchema.optional(),
});

/** @public */
export type ModelFitsRequest = z.infer<typeof modelFitsRequestSchema>;

/** Whether one model runs on what is free now: an inference plan in short. @public */
export const modelFitSchema = z.object({
  /** As it was asked. */
  model: z.string(),
  verdict: verdictSchema,
  /** One sentence for a person. */
  summary: z.string(),
  /** The best hardware for it; absent when there is none. */
  choice: planCandidateSchema
    .pick({
      cluster: true,
      vendor: true,
      product: true,
      resource: true,
      gpuCount: true,
      quantization: true,
      contextLength: true,
    })
    .optional(),
});

/** @public */
export type ModelFit = z.infer<typeof modelFitSchema>;

/** Answer of `POST /v1/model-fits`, in the order of the question. @public */
export const modelFitsSchema = z.object({
  items: z.array(modelFitSchema),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type ModelFits = z.infer<typeof modelFitsSchema>;
