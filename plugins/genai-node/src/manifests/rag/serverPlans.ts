import type {
  InferencePlanRequest,
  RagPlanRequest,
} from '@promptside/backstage-plugin-genai-common';

/**
 * What the planner of inference is asked about the embedding server; undefined where an existing one is used.
 *
 * @public
 */
export function embeddingPlanRequest({
  embedding,
  target,
}: RagPlanRequest): InferencePlanRequest | undefined {
  return embedding.create
    ? {
        model: embedding.model,
        engine: 'tei',
        ...target,
        contextLength: embedding.maxTokens,
      }
    : undefined;
}

/**
 * What the planner of inference is asked about the language model's server; undefined where an existing one is used.
 *
 * @public
 */
export function llmPlanRequest({
  llm,
  target,
}: RagPlanRequest): InferencePlanRequest | undefined {
  if (!llm.create) return undefined;
  const { vendor, resource, product } = llm.accelerator ?? {};
  const { mode, className } = llm.storage ?? {};
  return {
    model: llm.model,
    engine: llm.engine ?? 'vllm',
    ...target,
    ...(vendor ? { vendor } : {}),
    ...(resource ? { resource } : {}),
    ...(product ? { product } : {}),
    contextLength: llm.contextTokens,
    replicas: llm.replicas ?? 1,
    ...(mode ? { storageMode: mode } : {}),
    ...(className ? { storageClassName: className } : {}),
  };
}
