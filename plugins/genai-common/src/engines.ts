import { z } from 'zod';
import { inferenceEngineSchema } from './inferencePlan';
import { modelTaskSchema } from './models';
import { modelIdSchema } from './names';

/** A serving engine that golden paths can render. @public */
export const engineSchema = z.object({
  engine: inferenceEngineSchema,
  /** Name for people. */
  title: z.string(),
  tasks: z.array(modelTaskSchema),
  /** Who makes the pods: `Deployment`, `HelmChart`, or the kind of an operator. */
  deployedBy: z.string(),
  /** Devices with a pinned or configured image: `nvidia`, `amd`, `intel`, `gaudi`, `cpu`. */
  platforms: z.array(z.string()),
  /** State of the project that a person should know before choosing. */
  notice: z.string().optional(),
  /** Why it cannot serve the model of the question on any device; absent when it can, or no model was named. */
  refusal: z.string().optional(),
});

/** @public */
export type Engine = z.infer<typeof engineSchema>;

/** @public */
export const enginesQuerySchema = z.strictObject({
  /** Hold the engines against this model of the catalog. */
  model: modelIdSchema.optional(),
});

/** @public */
export type EnginesQuery = z.infer<typeof enginesQuerySchema>;

/** Answer of `GET /v1/engines`, the default first. @public */
export const enginesResponseSchema = z.object({ items: z.array(engineSchema) });

/** @public */
export type EnginesResponse = z.infer<typeof enginesResponseSchema>;
