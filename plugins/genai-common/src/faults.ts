import { z } from 'zod';

/**
 * Why a cluster, a resource of it or a probe did not answer. `Forbidden` (no right) and `NotInstalled` (no such API)
 * are states of their own: neither means that something is broken.
 *
 * @public
 */
export const faultReasonSchema = z.enum([
  'Unauthorized',
  'Forbidden',
  'NotInstalled',
  'Unreachable',
  'Timeout',
  'InvalidResponse',
  'Unknown',
]);

/** @public */
export type FaultReason = z.infer<typeof faultReasonSchema>;

/**
 * A fault as data: it travels beside the last good answer and never replaces it.
 *
 * @public
 */
export const faultSchema = z.object({
  reason: faultReasonSchema,
  message: z.string(),
  statusCode: z.number().int().optional(),
  /** ISO 8601 */
  at: z.string(),
});

/** @public */
export type Fault = z.infer<typeof faultSchema>;
