import {
  ragPlanRequestSchema,
  type RagPlanRequest,
} from '@promptside/backstage-plugin-genai-common';

/** What nobody filled in: a form keeps empty texts and nulls. */
const isGiven = (value: unknown) =>
  value !== undefined && value !== null && value !== '';

/** The value without what is empty, at any depth of objects. */
function given(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => isGiven(inner))
      .map(([key, inner]) => [key, given(inner)]),
  );
}

/**
 * What can be asked of the planner of RAG services with the form as it stands, or undefined while target, store or a model is
 * missing or a value is out of range (the field itself says so then).
 */
export function ragPlanRequestFrom(
  formData: Record<string, unknown> | undefined,
): RagPlanRequest | undefined {
  const parsed = ragPlanRequestSchema.safeParse(given(formData ?? {}));
  return parsed.success ? parsed.data : undefined;
}
