import {
  inferencePlanRequestSchema,
  type InferencePlanRequest,
} from '@promptside/backstage-plugin-genai-common';
import { hasContextLength } from './engineTraits';
import { formValues } from './formValues';

/**
 * What can be asked of the planner with the form as it stands, or undefined while model or target are missing or a value
 * is out of range (the field itself says so then).
 */
export function planRequestFrom(
  formData: Record<string, unknown> | undefined,
): InferencePlanRequest | undefined {
  const { model, engine, target, accelerator, storage } = formValues({
    formData,
  });
  if (!model || !target?.cluster || !target.namespace) return undefined;
  const parsed = inferencePlanRequestSchema.safeParse({
    model,
    engine,
    ...target,
    ...accelerator,
    storageMode: storage?.mode,
    storageClassName: storage?.className,
    queue: formData?.queue || undefined,
    contextLength: hasContextLength(engine)
      ? formData?.contextLength
      : undefined,
    replicas: formData?.replicas,
  });
  return parsed.success ? parsed.data : undefined;
}
