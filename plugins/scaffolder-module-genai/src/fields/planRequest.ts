import {
  inferencePlanRequestSchema,
  type InferencePlanRequest,
} from '@promptside/backstage-plugin-genai-common';
import { hasContextLength } from './engineTraits';
import { formValues } from './formValues';

/** Names of the fields as the form shows them; others are named as the API does. */
const FIELD_NAMES: Partial<Record<keyof InferencePlanRequest, string>> = {
  contextLength: 'Context length',
  replicas: 'Replicas',
  model: 'Model',
};

/** What the planner is asked, or why it cannot be: a sentence that names the field. */
export type PlanQuestion =
  { request: InferencePlanRequest } | { fault: string };

function questionOf(value: Record<string, unknown>): PlanQuestion {
  const parsed = inferencePlanRequestSchema.safeParse(value);
  if (parsed.success) return { request: parsed.data };
  const [issue] = parsed.error.issues;
  const field = String(issue.path[0]);
  const name = FIELD_NAMES[field as keyof InferencePlanRequest] ?? field;
  switch (issue.code) {
    case 'too_big':
      return {
        fault: `${name}: at most ${issue.maximum.toLocaleString('en')}.`,
      };
    case 'too_small':
      return {
        fault: `${name}: at least ${issue.minimum.toLocaleString('en')}.`,
      };
    default:
      return { fault: `${name}: ${issue.message}.` };
  }
}

/**
 * What can be asked of the planner with the form as it stands, or undefined while model or target are missing.
 */
export function planQuestionFrom(
  formData: Record<string, unknown> | undefined,
): PlanQuestion | undefined {
  const { model, engine, target, accelerator, storage } = formValues({
    formData,
  });
  if (!model || !target?.cluster || !target.namespace) return undefined;
  return questionOf({
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
}
