import { z } from 'zod';
import { evidenceSchema } from './modelServers';

/**
 * How a number came about. `measured`: read from what it is about. `estimated`: reckoned from measurements. `requested`: only
 * asked for, nobody measured it.
 *
 * @public
 */
export const gradeSchema = z.enum(['measured', 'estimated', 'requested']);

/** @public */
export type Grade = z.infer<typeof gradeSchema>;

/** A number with its grade; what is not known is absent, never 0. @public */
export const gradedNumberSchema = z.object({
  value: z.number(),
  grade: gradeSchema,
});

/** @public */
export type GradedNumber = z.infer<typeof gradedNumberSchema>;

/** @public */
export const checkOutcomeSchema = z.enum(['Pass', 'Fail', 'Unknown']);

/** @public */
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;

/**
 * What a failed check does to the whole. `Notice`: a risk, nothing is broken. `Degraded`: it serves with something lost. `Down`:
 * it does not serve.
 *
 * @public
 */
export const checkImpactSchema = z.enum(['Notice', 'Degraded', 'Down']);

/** @public */
export type CheckImpact = z.infer<typeof checkImpactSchema>;

/** One question about a thing, and its answer with evidence. @public */
export const checkSchema = z.object({
  /** Stable, PascalCase, e.g. `Reachable`. */
  name: z.string(),
  outcome: checkOutcomeSchema,
  /** Only of a check that failed. */
  impact: checkImpactSchema.optional(),
  /** PascalCase, from the cluster or the store where they have one. */
  reason: z.string().optional(),
  /** One sentence for a person. */
  message: z.string().optional(),
  /** Time that the answer took. */
  latencyMs: z.number().optional(),
  /** ISO 8601 */
  checkedAt: z.string(),
  /** Objects that say so. */
  evidence: z.array(evidenceSchema).optional(),
});

/** @public */
export type Check = z.infer<typeof checkSchema>;
