import { z } from 'zod';
import { clusterNameSchema, dnsLabelSchema } from './names';
import { ragStoreKindSchema } from './ragSpec';

const count = (most: number) => z.number().int().min(1).max(most);

/**
 * What the plan of a RAG service looks at in the values of a form. Other values, such as names of Secrets, are the spec's and are
 * dropped here.
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
    maxTokens: z.number().int().min(32).max(131_072),
    url: z.string().max(300).optional(),
    create: z.boolean().optional(),
  }),
  llm: z.object({
    url: z.string().min(1).max(300),
    model: z.string().min(1).max(200),
    contextTokens: z.number().int().min(512).max(10_000_000),
    maxAnswerTokens: z.number().int().min(16).max(1_000_000).optional(),
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
      chunkTokens: z.number().int().min(16).max(8192).optional(),
      topK: count(100).optional(),
    })
    .optional(),
});

/** @public */
export type RagPlanRequest = z.infer<typeof ragPlanRequestSchema>;
