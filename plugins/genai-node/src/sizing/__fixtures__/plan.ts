import type {
  GpuNode,
  InferencePlanRequest,
} from '@promptside/backstage-plugin-genai-common';
import { CURATED_MODELS, findModel } from '../../models';
import { planInference } from '../planInference';
import type { PlanInventory } from '../PlanInventory';

export const LLAMA_8B = 'meta-llama/Llama-3.1-8B-Instruct';
export const LLAMA_70B = 'meta-llama/Llama-3.3-70B-Instruct';
export const GEMMA_27B = 'google/gemma-2-27b-it';

/** Plan of a curated model on these nodes; no quota unless given. */
export function plan(
  request: InferencePlanRequest,
  nodes: readonly GpuNode[],
  inventory: Partial<PlanInventory> = {},
) {
  return planInference({
    model: findModel(CURATED_MODELS, request.model)!,
    request,
    inventory: { nodes, quota: [], quotaKnown: true, ...inventory },
  });
}

export const codes = (reasons: readonly { code: string }[]) =>
  reasons.map(({ code }) => code);
