import { z } from 'zod';
import { modelIdSchema, revisionSchema } from './names';

/** @public */
export const modelTaskSchema = z.enum([
  'text-generation',
  'image-text-to-text',
  'embedding',
  'rerank',
]);

/** @public */
export type ModelTask = z.infer<typeof modelTaskSchema>;

/**
 * How a model attends, as far as memory cares. All counts are of the whole model.
 * `full`: every layer keeps keys and values of the whole context (MHA, GQA, MQA).
 * `sliding`: `slidingLayers` of the layers keep only `window` tokens. `mla`: one latent vector a token and layer.
 *
 * @public
 */
export const attentionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('full') }),
  z.object({
    type: z.literal('sliding'),
    slidingLayers: z.number().int().positive(),
    /** tokens */
    window: z.number().int().positive(),
    /** Where the sliding layers have another shape than the full ones. */
    slidingKvHeads: z.number().int().positive().optional(),
    slidingHeadDim: z.number().int().positive().optional(),
    fullKvHeads: z.number().int().positive().optional(),
    fullHeadDim: z.number().int().positive().optional(),
  }),
  z.object({
    type: z.literal('mla'),
    kvLoraRank: z.number().int().positive(),
    qkRopeHeadDim: z.number().int().positive(),
  }),
  z.object({
    /** Only `fullLayers` keep keys and values; the others keep a state of fixed size. */
    type: z.literal('hybrid'),
    fullLayers: z.number().int().positive(),
    /** bytes a sequence, of all other layers; absent when not published */
    stateBytes: z.number().optional(),
  }),
]);

/** @public */
export type Attention = z.infer<typeof attentionSchema>;

/** @public */
export const quantizationSchema = z.enum([
  'none',
  'fp8',
  'int8',
  'awq',
  'gptq',
  'mxfp4',
  'nvfp4',
  'bitsandbytes',
  'gguf',
]);

/** @public */
export type Quantization = z.infer<typeof quantizationSchema>;

/** One set of weights of a model: the original or a quantized edition. @public */
export const modelVariantSchema = z.object({
  quantization: quantizationSchema,
  /** Bytes that an engine loads (not what lies in the repository besides). */
  weightsBytes: z.number().positive(),
  /** Repository of the edition when it is another than the model's. */
  repository: modelIdSchema.optional(),
  revision: revisionSchema.optional(),
});

/** @public */
export type ModelVariant = z.infer<typeof modelVariantSchema>;

/** Facts of one model. @public */
export const modelSchema = z.object({
  /** Hugging Face id. */
  id: modelIdSchema,
  title: z.string().min(1).max(120),
  provider: z.string().min(1).max(80),
  task: modelTaskSchema,
  /** SPDX id in lower case or the licence's own name, e.g. `apache-2.0`, `gemma`, `llama3.1`. */
  license: z.string(),
  /** The hub asks for an accepted licence and a token. */
  gated: z.boolean(),
  /** Pinned commit; absent when not known, and then the golden path asks for one. */
  revision: revisionSchema.optional(),
  parameterCount: z.number().positive(),
  /** Of a mixture of experts: parameters a token uses. */
  activeParameterCount: z.number().positive().optional(),
  layers: z.number().int().positive(),
  hiddenSize: z.number().int().positive(),
  attentionHeads: z.number().int().positive(),
  kvHeads: z.number().int().positive(),
  headDim: z.number().int().positive(),
  attention: attentionSchema,
  /** tokens */
  contextLength: z.number().int().positive(),
  /** dtype of the original weights */
  dtype: z.enum(['bfloat16', 'float16', 'float32', 'fp8', 'mxfp4']),
  vocabularySize: z.number().int().positive().optional(),
  /** Embedding models only. */
  embeddingDimension: z.number().int().positive().optional(),
  variants: z.array(modelVariantSchema).min(1),
  /** Where the facts come from, for a person to check. */
  source: z.string(),
});

/** @public */
export type Model = z.infer<typeof modelSchema>;

/** @public */
export const modelsResponseSchema = z.object({ items: z.array(modelSchema) });

/** @public */
export type ModelsResponse = z.infer<typeof modelsResponseSchema>;
