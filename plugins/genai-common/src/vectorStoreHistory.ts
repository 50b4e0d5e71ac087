import { z } from 'zod';
import { clusterStatusSchema } from './clusters';
import { vectorStoreStateSchema } from './vectorStoreHealth';

/** A vector store at a moment or through a step of time; what was not known then is absent. @public */
export const storeSampleSchema = z.object({
  /** The moment, or the begin of the step, ISO 8601. */
  at: z.string(),
  /** The worst one of the step. */
  state: vectorStoreStateSchema,
  /** Fill of the fullest volume as measured last, 0 to 1. */
  usedRatio: z.number().optional(),
  /** Vectors of all collections as counted last; absent when one of them was not counted. */
  vectorCount: z.number().int().optional(),
  /** The slowest answer to a probe. */
  latencyMs: z.number().optional(),
});

/** @public */
export type StoreSample = z.infer<typeof storeSampleSchema>;

/** Samples at even steps. Where the cluster was not seen or the backend not running, steps are missing. @public */
export const storeSeriesSchema = z.object({
  stepMs: z.number(),
  /** How far back it reaches at most. */
  spanMs: z.number(),
  /** Oldest first. */
  samples: z.array(storeSampleSchema),
});

/** @public */
export type StoreSeries = z.infer<typeof storeSeriesSchema>;

/**
 * Answer of `GET /v1/vector-stores/:cluster/:namespace/:name/history`: what the backend that answers remembers of a store. It is kept
 * in memory and ends with the process.
 *
 * @public
 */
export const vectorStoreHistorySchema = z.object({
  /** Start of that memory, ISO 8601; what was before is not known. */
  keptSince: z.string(),
  lastHour: storeSeriesSchema,
  lastDay: storeSeriesSchema,
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type VectorStoreHistory = z.infer<typeof vectorStoreHistorySchema>;
