import { z } from 'zod';
import { clusterStatusSchema } from './clusters';
import { planQuotaSchema } from './inferencePlan';
import { clusterNameSchema } from './names';

/** A namespace as a form needs it. @public */
export const namespaceSchema = z.object({
  cluster: z.string(),
  name: z.string(),
  /** Full entity ref of the owning Group, when the namespace names one. */
  owner: z.string().optional(),
  /** GPU lines of its ResourceQuotas. */
  quota: z.array(planQuotaSchema),
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
