import { InputError } from '@backstage/errors';
import {
  inferenceEngineSchema,
  modelIdSchema,
  planCandidateSchema,
  storageChoiceSchema,
  type InferenceEngine,
  type PlanCandidate,
  type RagServerPlan,
  type StorageChoice,
} from '@promptside/backstage-plugin-genai-common';

const planChoiceSchema = planCandidateSchema.extend({
  model: modelIdSchema,
  engine: inferenceEngineSchema,
  storage: storageChoiceSchema.optional(),
});

/** Hardware that a plan chose, with what the plan was made for: numbers of one model or engine mean nothing for another. */
export interface PlanChoice extends PlanCandidate {
  model: string;
  engine: InferenceEngine;
  storage?: StorageChoice;
}

/**
 * Output `choice` of `genai:inference:plan`, and of what `genai:rag:plan` plans; undefined where the plan found no hardware.
 *
 * @param storage - what was planned with, so that the same is rendered
 */
export function planChoiceOf(
  plan: RagServerPlan,
  storage: StorageChoice = {},
): PlanChoice | undefined {
  const { choice, model, engine } = plan;
  const chosen = Object.values(storage).some(Boolean) ? { storage } : {};
  return choice && { ...choice, model, engine, ...chosen };
}

/**
 * The choice as a step handed it on, held against what is to be rendered.
 *
 * @param wanted - absent fields agree with every choice
 * @param source - what is said where there is no choice, led by the field
 * @throws InputError that names the field in which they differ
 */
export function readPlanChoice(
  value: unknown,
  wanted: { model?: string; engine?: string; cluster?: string },
  source: string = 'choice: give the output "choice" of a step genai:inference:plan',
): PlanChoice {
  const parsed = planChoiceSchema.safeParse(value);
  if (!parsed.success) {
    throw new InputError(source);
  }
  const choice = parsed.data;
  for (const field of ['model', 'engine', 'cluster'] as const) {
    const asked = wanted[field];
    const planned = choice[field];
    // The hub takes ids in any case.
    if (asked && planned && asked.toLowerCase() !== planned.toLowerCase()) {
      throw new InputError(
        `${field}: "${asked}" is not the ${field} "${planned}" that the plan was made for; give both steps the same`,
      );
    }
  }
  return choice;
}
