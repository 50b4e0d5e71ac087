import { z } from 'zod';
import { clusterStateSchema } from './clusters';

/**
 * Answer of `GET /v1/health`: whether the backend itself works, and on which clusters. `Starting`: the list of clusters
 * was not read yet. `Degraded`: it was, but some cluster is not `Live`.
 *
 * @public
 */
export const genaiHealthSchema = z.object({
  state: z.enum(['Healthy', 'Degraded', 'Starting']),
  /** Start of this process's live state, ISO 8601. */
  startedAt: z.string(),
  clusters: z.array(z.object({ name: z.string(), state: clusterStateSchema })),
});

/** @public */
export type GenaiHealth = z.infer<typeof genaiHealthSchema>;
