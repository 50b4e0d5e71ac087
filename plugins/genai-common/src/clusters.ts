import { z } from 'zod';
import { faultSchema } from './faults';

/**
 * How fresh one resource of a cluster is. `Live`: listed and watched. `Stale`: the last good list stands, the watch is
 * broken. `Syncing`: no list yet. `Forbidden` and `NotInstalled` say why there will be none.
 *
 * @public
 */
export const resourceSyncStateSchema = z.enum([
  'Live',
  'Syncing',
  'Stale',
  'Forbidden',
  'NotInstalled',
  'Failed',
]);

/** @public */
export type ResourceSyncState = z.infer<typeof resourceSyncStateSchema>;

/** @public */
export const resourceSyncSchema = z.object({
  /** `plural` or `plural.group`, e.g. `pods`, `deployments.apps`. */
  resource: z.string(),
  state: resourceSyncStateSchema,
  objectCount: z.number().int().optional(),
  /** End of the last full list, ISO 8601. */
  syncedAt: z.string().optional(),
  /** Last event, bookmark or list, ISO 8601. */
  heardAt: z.string().optional(),
  fault: faultSchema.optional(),
});

/** @public */
export type ResourceSync = z.infer<typeof resourceSyncSchema>;

/**
 * State of one cluster as the portal sees it. `Live`: every needed resource is live. `Degraded`: some are missing, see
 * `resources`. `Stale`: the last good data stands. `Syncing`: first list under way. `Unavailable`: nothing was ever read.
 *
 * @public
 */
export const clusterStateSchema = z.enum([
  'Live',
  'Degraded',
  'Stale',
  'Syncing',
  'Unavailable',
]);

/** @public */
export type ClusterState = z.infer<typeof clusterStateSchema>;

/**
 * Coverage part of every answer: which clusters it covers and how fresh each is.
 * In answers other than `/v1/clusters`, `resources` holds only those that are not `Live`.
 *
 * @public
 */
export const clusterStatusSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  state: clusterStateSchema,
  /** The cluster says of itself that its hardware is simulated. */
  simulated: z.boolean().optional(),
  /** `gitVersion` of the API server. */
  serverVersion: z.string().optional(),
  /** Grows with every change of the state behind the answer. */
  version: z.number().int(),
  /** Oldest `heardAt` of the needed resources, ISO 8601. */
  freshAt: z.string().optional(),
  fault: faultSchema.optional(),
  resources: z.array(resourceSyncSchema).optional(),
});

/** @public */
export type ClusterStatus = z.infer<typeof clusterStatusSchema>;

/** @public */
export const clustersResponseSchema = z.object({
  items: z.array(clusterStatusSchema),
  /** The list of clusters itself could not be read. */
  fault: faultSchema.optional(),
});

/** @public */
export type ClustersResponse = z.infer<typeof clustersResponseSchema>;
