import { z } from 'zod';
import { clusterStatusSchema } from './clusters';
import { modelServerStateSchema, startupStageSchema } from './modelServers';

/** What a node of a lineage stands for. @public */
export const lineageNodeKindSchema = z.enum([
  'RagService',
  'EmbeddingModel',
  'Collection',
  'VectorStore',
  'LanguageModel',
  'Gpu',
]);

/** @public */
export type LineageNodeKind = z.infer<typeof lineageNodeKindSchema>;

/**
 * State of a connection. `Whole`: both ends were seen and fit. `Broken`: they were seen and do not, or one is not there. `Unknown`: one
 * of them could not be seen.
 *
 * @public
 */
export const lineageStateSchema = z.enum(['Whole', 'Broken', 'Unknown']);

/** @public */
export type LineageState = z.infer<typeof lineageStateSchema>;

/** @public */
export const lineageNodeSchema = z.object({
  /** Unique in its lineage. */
  id: z.string(),
  kind: lineageNodeKindSchema,
  title: z.string(),
  /** What matters to its neighbours, e.g. `384 dimensions`. */
  detail: z.string().optional(),
  /** The object behind it, where it was found. */
  object: z
    .object({ cluster: z.string(), namespace: z.string(), name: z.string() })
    .optional(),
  entityRef: z.string().optional(),
});

/** @public */
export type LineageNode = z.infer<typeof lineageNodeSchema>;

/** @public */
export const lineageEdgeSchema = z.object({
  /** Ids of nodes. */
  from: z.string(),
  to: z.string(),
  state: lineageStateSchema,
  /** PascalCase, e.g. `DimensionMismatch`; absent on a whole one. */
  reason: z.string().optional(),
  /** One sentence for a person; absent on a whole one. */
  message: z.string().optional(),
});

/** @public */
export type LineageEdge = z.infer<typeof lineageEdgeSchema>;

/** How the query API of a RAG service does, by its Deployment and pods. @public */
export const ragServiceStatusSchema = z.object({
  state: modelServerStateSchema,
  stage: startupStageSchema.optional(),
  /** PascalCase, from the cluster where it has one. */
  reason: z.string().optional(),
  /** One sentence for a person. */
  message: z.string().optional(),
  replicas: z.object({
    desired: z.number().int(),
    ready: z.number().int(),
  }),
});

/** @public */
export type RagServiceStatus = z.infer<typeof ragServiceStatusSchema>;

/** What a RAG service stands on. @public */
export const ragLineageSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
  /** Of its connections: `Broken` before `Unknown` before `Whole`. */
  state: lineageStateSchema,
  /** Of the service itself: it can be ready while what it stands on is not, and the other way round. */
  service: ragServiceStatusSchema,
  nodes: z.array(lineageNodeSchema),
  edges: z.array(lineageEdgeSchema),
});

/** @public */
export type RagLineage = z.infer<typeof ragLineageSchema>;

/** Answer of `GET /v1/lineage/:cluster/:namespace/:name`. @public */
export const ragLineageResponseSchema = z.object({
  item: ragLineageSchema,
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type RagLineageResponse = z.infer<typeof ragLineageResponseSchema>;
