import { z } from 'zod';
import { checkSchema, gradedNumberSchema } from './checks';
import { faultSchema } from './faults';

/**
 * `Healthy`: it serves and nothing is lost. `Degraded`: it serves, with redundancy, durability or a part of its data lost.
 * `Down`: it does not serve. `Unknown`: not enough is known.
 *
 * @public
 */
export const vectorStoreStateSchema = z.enum([
  'Healthy',
  'Degraded',
  'Down',
  'Unknown',
]);

/** @public */
export type VectorStoreState = z.infer<typeof vectorStoreStateSchema>;

/** The instance that takes writes, where a store has one. @public */
export const storePrimarySchema = z.object({
  name: z.string(),
  /** The instance that is to become primary, while it is another one. */
  target: z.string().optional(),
  /** ISO 8601 */
  since: z.string().optional(),
});

/** @public */
export type StorePrimary = z.infer<typeof storePrimarySchema>;

/** One PersistentVolumeClaim of a store. @public */
export const storeVolumeSchema = z.object({
  claim: z.string(),
  /** What it holds, e.g. `Data`, `Wal`. */
  role: z.enum(['Data', 'Wal', 'Tablespace', 'Other']),
  phase: z.string().optional(),
  sizeBytes: gradedNumberSchema.optional(),
  usedBytes: gradedNumberSchema.optional(),
  /** 0 to 1 */
  usedRatio: gradedNumberSchema.optional(),
  /** At the pace of late; absent when it does not grow or was not watched long enough. */
  daysToFull: gradedNumberSchema.optional(),
  /** When the fill was measured, ISO 8601. */
  measuredAt: z.string().optional(),
});

/** @public */
export type StoreVolume = z.infer<typeof storeVolumeSchema>;

/** Volumes of a store together; fill is that of the fullest. @public */
export const storeStorageSchema = z.object({
  sizeBytes: gradedNumberSchema.optional(),
  usedBytes: gradedNumberSchema.optional(),
  /** 0 to 1 */
  usedRatio: gradedNumberSchema.optional(),
  daysToFull: gradedNumberSchema.optional(),
  volumes: z.array(storeVolumeSchema),
});

/** @public */
export type StoreStorage = z.infer<typeof storeStorageSchema>;

/**
 * Backups that the cluster knows of. `Current`: the last good one is within its schedule. `Stale`: it is older. `Failed`: the newest
 * one failed. `None`: there is none and none is planned. `Pending`: planned, and the first one is not due yet. `Unknown`: backups of
 * this store are not seen from here.
 *
 * @public
 */
export const storeBackupSchema = z.object({
  state: z.enum(['Current', 'Stale', 'Failed', 'None', 'Pending', 'Unknown']),
  /** Cron expression as the schedule has it; CloudNativePG's have six fields. */
  schedule: z.string().optional(),
  /** Longest time between two runs of the schedule. */
  intervalMs: z.number().optional(),
  /** ISO 8601 */
  lastSucceededAt: z.string().optional(),
  lastFailedAt: z.string().optional(),
  /** E.g. `plugin`, `volumeSnapshot`. */
  method: z.string().optional(),
});

/** @public */
export type StoreBackup = z.infer<typeof storeBackupSchema>;

/**
 * State of an index over vectors. `Missing`: vectors without one are searched one by one. `Invalid`: it exists and is not used.
 *
 * @public
 */
export const indexStateSchema = z.enum([
  'Ready',
  'Building',
  'Invalid',
  'Missing',
  'Unknown',
]);

/** @public */
export type IndexState = z.infer<typeof indexStateSchema>;

/** A collection, table or class of vectors. @public */
export const storeCollectionSchema = z.object({
  name: z.string(),
  dimension: z.number().int().optional(),
  /** In the store's own word, e.g. `cosine`, `l2`, `ip`. */
  metric: z.string().optional(),
  count: gradedNumberSchema.optional(),
  indexState: indexStateSchema,
  /** Kind of the index, e.g. `hnsw`. */
  indexKind: z.string().optional(),
  /** What is wrong with it or goes on. */
  message: z.string().optional(),
  /** Searched only when loaded; absent where a store knows no such thing. */
  loaded: z.boolean().optional(),
  /** Hugging Face id, where the collection's metadata tells it. */
  embeddingModel: z.string().optional(),
});

/** @public */
export type StoreCollection = z.infer<typeof storeCollectionSchema>;

/**
 * The questions that the portal asked the store itself. `Answered`, `Failed`: see `fault`. `Pending`: not asked yet. `NotProbed`: it
 * cannot be asked, for the reason in `message`.
 *
 * @public
 */
export const storeProbeSchema = z.object({
  state: z.enum(['Answered', 'Failed', 'Pending', 'NotProbed']),
  message: z.string().optional(),
  fault: faultSchema.optional(),
  /** Time of the first question. */
  latencyMs: gradedNumberSchema.optional(),
  /** ISO 8601 */
  checkedAt: z.string().optional(),
});

/** @public */
export type StoreProbe = z.infer<typeof storeProbeSchema>;

/** The one health contract of all vector stores. @public */
export const vectorStoreHealthSchema = z.object({
  state: vectorStoreStateSchema,
  /** The worst first. */
  checks: z.array(checkSchema),
  replicas: z.object({ desired: z.number().int(), ready: z.number().int() }),
  primary: storePrimarySchema.optional(),
  storage: storeStorageSchema.optional(),
  backup: storeBackupSchema,
  /** The worst of its collections' indexes. */
  indexState: indexStateSchema,
  /** By name, at most 200. */
  collections: z.array(storeCollectionSchema),
  /** Absent when nobody could count them. */
  collectionCount: z.number().int().optional(),
  /** What the store says of itself. */
  reportedVersion: z.string().optional(),
  probe: storeProbeSchema,
});

/** @public */
export type VectorStoreHealth = z.infer<typeof vectorStoreHealthSchema>;
