import { z } from 'zod';
import { clusterStatusSchema } from './clusters';
import { evidenceSchema } from './modelServers';
import { clusterNameSchema, dnsLabelSchema, entityRefSchema } from './names';
import {
  indexStateSchema,
  storeBackupSchema,
  storeProbeSchema,
  storeStorageSchema,
  vectorStoreHealthSchema,
  vectorStoreStateSchema,
} from './vectorStoreHealth';

/** @public */
export const vectorStoreEngineSchema = z.enum([
  'chroma',
  'pgvector',
  'milvus',
  'qdrant',
  'weaviate',
]);

/** @public */
export type VectorStoreEngine = z.infer<typeof vectorStoreEngineSchema>;

/** A vector store as the Kubernetes API and its own answers tell of it. @public */
export const vectorStoreSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
  kind: z.string(),
  uid: z.string(),
  engine: vectorStoreEngineSchema,
  version: z.string().optional(),
  state: vectorStoreStateSchema,
  reason: z.string().optional(),
  message: z.string().optional(),
  evidence: z.array(evidenceSchema),
  replicas: z.object({ desired: z.number().int(), ready: z.number().int() }),
  /** Requested size of all claims; absent when there is none (ephemeral). */
  storageBytes: z.number().optional(),
  persistence: z.enum(['Persistent', 'Ephemeral', 'Unknown']),
  /** Fill of its volumes; their list is in the detail. */
  storage: storeStorageSchema.omit({ volumes: true }).optional(),
  backup: storeBackupSchema.optional(),
  indexState: indexStateSchema.optional(),
  collectionCount: z.number().int().optional(),
  probe: storeProbeSchema.optional(),
  /** Failed checks, those without effect on the state included. */
  failedCheckCount: z.number().int().optional(),
  endpoint: z.string().optional(),
  entityRef: z.string().optional(),
  kubernetesId: z.string().optional(),
  owner: z.string().optional(),
});

/** @public */
export type VectorStore = z.infer<typeof vectorStoreSchema>;

/** @public */
export const vectorStoresResponseSchema = z.object({
  items: z.array(vectorStoreSchema),
  totalCount: z.number().int(),
  nextCursor: z.string().optional(),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type VectorStoresResponse = z.infer<typeof vectorStoresResponseSchema>;

/** Answer of `GET /v1/vector-stores/:cluster/:namespace/:name`. @public */
export const vectorStoreDetailSchema = z.object({
  item: vectorStoreSchema,
  health: vectorStoreHealthSchema,
  /** Newest first, at most 50. */
  events: z.array(evidenceSchema),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type VectorStoreDetail = z.infer<typeof vectorStoreDetailSchema>;

/** @public */
export const vectorStoresQuerySchema = z.strictObject({
  cluster: clusterNameSchema.optional(),
  namespace: dnsLabelSchema.optional(),
  engine: vectorStoreEngineSchema.optional(),
  state: vectorStoreStateSchema.optional(),
  owner: entityRefSchema.optional(),
  entityRef: entityRefSchema.optional(),
  kubernetesId: z.string().max(63).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z.string().max(512).optional(),
});

/** @public */
export type VectorStoresQuery = z.infer<typeof vectorStoresQuerySchema>;
