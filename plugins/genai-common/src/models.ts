import { z } from 'zod';
import { modelChecksumsSchema } from './modelChecksums';
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
    /** These three decide the weights, not the cache. */
    qLoraRank: z.number().int().positive().optional(),
    qkNopeHeadDim: z.number().int().positive().optional(),
    vHeadDim: z.number().int().positive().optional(),
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

/**
 * The experts of a mixture. All of them are in memory, whatever number a token uses.
 *
 * @public
 */
export const modelExpertsSchema = z.object({
  /** Routed experts a layer. */
  count: z.number().int().positive(),
  perToken: z.number().int().positive(),
  /** Width of one expert. */
  intermediateSize: z.number().int().positive(),
  /** Width of what every token passes besides, all shared experts together. */
  sharedIntermediateSize: z.number().int().positive().optional(),
  /** Layers without experts. */
  denseLayers: z.number().int().nonnegative().optional(),
});

/** @public */
export type ModelExperts = z.infer<typeof modelExpertsSchema>;

/** Path of a GGUF file in a repository. @public */
export const ggufFileSchema = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*\.gguf$/,
    'must be the path of a .gguf file in the repository',
  );

/** One set of weights of a model: the original or a quantized edition. @public */
export const modelVariantSchema = z.object({
  quantization: quantizationSchema,
  /** Bytes that an engine loads (not what lies in the repository besides). */
  weightsBytes: z.number().positive(),
  /** Repository of the edition when it is another than the model's. */
  repository: modelIdSchema.optional(),
  revision: revisionSchema.optional(),
  /** File in that repository, where the edition is one of several: `Qwen3-8B-Q4_K_M.gguf`. */
  file: ggufFileSchema.optional(),
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
  /** Page on which the licence is read and accepted. */
  licenseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  /** What a person does before the hub gives the weights, one sentence. */
  licenseStep: z.string().max(500).optional(),
  /** Pinned commit; absent when not known, and then the golden path asks for one. */
  revision: revisionSchema.optional(),
  /** Class that the repository's configuration names, e.g. `LlamaForCausalLM`. */
  architecture: z.string().max(100).optional(),
  parameterCount: z.number().positive(),
  /** Of a mixture of experts: parameters a token uses. */
  activeParameterCount: z.number().positive().optional(),
  /** Part of `parameterCount` outside the text layers: vision tower, projector. */
  otherParameterCount: z.number().positive().optional(),
  layers: z.number().int().positive(),
  hiddenSize: z.number().int().positive(),
  attentionHeads: z.number().int().positive(),
  kvHeads: z.number().int().positive(),
  headDim: z.number().int().positive(),
  /** Width of the feed forward of layers without experts. */
  intermediateSize: z.number().int().positive().optional(),
  experts: modelExpertsSchema.optional(),
  attention: attentionSchema,
  /** tokens; of an embedding model the most that it reads of a text */
  contextLength: z.number().int().positive(),
  /** dtype of the original weights */
  dtype: z.enum(['bfloat16', 'float16', 'float32', 'fp8', 'mxfp4']),
  vocabularySize: z.number().int().positive().optional(),
  /** Input and output table of tokens are one. */
  tiedEmbeddings: z.boolean().optional(),
  /** Embedding models only. */
  embeddingDimension: z.number().int().positive().optional(),
  variants: z.array(modelVariantSchema).min(1),
  /** Where the facts come from, for a person to check. */
  source: z.string(),
});

/** @public */
export type Model = z.infer<typeof modelSchema>;

/**
 * Something wrong in a file of models. The entry that has it is left out, the others are not.
 *
 * @public
 */
export const modelFaultSchema = z.object({
  /** Path or address of the file, without credentials or query. */
  file: z.string(),
  /** From 1. */
  line: z.number().int().positive().optional(),
  /** Path to the value, e.g. `models.3.layers`. */
  field: z.string().optional(),
  message: z.string(),
});

/** @public */
export type ModelFault = z.infer<typeof modelFaultSchema>;

/**
 * A file of models from the configuration. `Loaded`: as it is now. `Stale`: it could not be read again, its models are those
 * of the last time. `Failed`: never read. `Loading`: not yet.
 *
 * @public
 */
export const modelSourceSchema = z.object({
  /** Key in the configuration. */
  name: z.string(),
  /** Path or address, without credentials or query. */
  file: z.string(),
  state: z.enum(['Loading', 'Loaded', 'Stale', 'Failed']),
  modelCount: z.number().int(),
  /** Of the models that are shown. */
  loadedAt: z.string().optional(),
  checkedAt: z.string().optional(),
  /** At most 50. */
  faults: z.array(modelFaultSchema),
  faultCount: z.number().int(),
});

/** @public */
export type ModelSource = z.infer<typeof modelSourceSchema>;

/** @public */
export const modelsResponseSchema = z.object({
  items: z.array(modelSchema),
  /** Sources of the adopter; a model of theirs replaces the curated one of the same id. */
  sources: z.array(modelSourceSchema).optional(),
});

/** @public */
export type ModelsResponse = z.infer<typeof modelsResponseSchema>;

/** @public */
export const modelLookupQuerySchema = z.strictObject({
  id: modelIdSchema,
  /** Absent: the newest commit. */
  revision: revisionSchema.optional(),
});

/** @public */
export type ModelLookupQuery = z.infer<typeof modelLookupQuerySchema>;

/**
 * What the Hugging Face hub says of a model that the catalog need not have. `Found`: its facts are in `model`. `Gated`: the
 * hub shows its files only to those who accepted the licence. `Unsupported`: its files do not tell what a plan needs.
 *
 * @public
 */
export const modelLookupSchema = z.object({
  /** As the hub writes it, also when it has been renamed. */
  id: modelIdSchema,
  state: z.enum(['Found', 'Gated', 'Unsupported']),
  /** One sentence for a person; absent when found. */
  reason: z.string().optional(),
  /** Commit from which the facts are. */
  revision: revisionSchema.optional(),
  /** SHA-256 of the large files of that commit, by path. */
  checksums: modelChecksumsSchema.optional(),
  license: z.string().optional(),
  gated: z.boolean(),
  licenseUrl: z.string().optional(),
  licenseStep: z.string().optional(),
  model: modelSchema.optional(),
  checkedAt: z.string(),
});

/** @public */
export type ModelLookup = z.infer<typeof modelLookupSchema>;
