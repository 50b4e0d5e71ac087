import { z } from 'zod';
import { clusterStatusSchema } from './clusters';
import { planQuotaSchema } from './inferencePlan';
import { clusterNameSchema } from './names';

/** A LocalQueue of Kueue, as a form offers it. @public */
export const namespaceQueueSchema = z.object({
  name: z.string(),
  clusterQueue: z.string(),
  /** Workloads that wait in it; absent: not told. */
  pendingCount: z.number().int().optional(),
  /** Why it admits nothing; absent: nothing is known against it. */
  stopped: z.string().optional(),
  /** Admission checks that must agree before anything starts. */
  admissionChecks: z.array(z.string()).optional(),
});

/** @public */
export type NamespaceQueue = z.infer<typeof namespaceQueueSchema>;

/** A namespace as a form needs it. @public */
export const namespaceSchema = z.object({
  cluster: z.string(),
  name: z.string(),
  /** Full entity ref of the owning Group, when the namespace names one. */
  owner: z.string().optional(),
  /** GPU lines of its ResourceQuotas. */
  quota: z.array(planQuotaSchema),
  /** LocalQueues of Kueue by name; absent: there are none, Kueue is not installed, or they cannot be read. */
  queues: z.array(namespaceQueueSchema).optional(),
});

/** @public */
export type GenaiNamespace = z.infer<typeof namespaceSchema>;

/** Answer of `GET /v1/namespaces`. @public */
export const namespacesResponseSchema = z.object({
  items: z.array(namespaceSchema),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type NamespacesResponse = z.infer<typeof namespacesResponseSchema>;

/** @public */
export const namespacesQuerySchema = z.strictObject({
  cluster: clusterNameSchema.optional(),
});

/** @public */
export type NamespacesQuery = z.infer<typeof namespacesQuerySchema>;
