import {
  inferencePlanRequestSchema,
  type InferencePlanRequest,
} from '@promptside/backstage-plugin-genai-common';

/**
 * What can be asked of the planner with the form as it stands, or undefined while model or target are missing or a value
 * is out of range (the field itself says so then).
 */
export function planRequestFrom(
  formData: Record<string, unknown> | undefined,
): InferencePlanRequest | undefined {
  const target = formData?.target as
    { cluster?: string; namespace?: string } | undefined;
  if (!formData?.model || !target?.cluster || !target.namespace) {
    return undefined;
  }
  const parsed = inferencePlanRequestSchema.safeParse({
    model: formData.model,
    engine: formData.engine || undefined,
    cluster: target.cluster,
    namespace: target.namespace,
    contextLength: formData.contextLength,
    replicas: formData.replicas,
  });
  return parsed.success ? parsed.data : undefined;
}
