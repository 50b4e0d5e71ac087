import { InputError } from '@backstage/errors';
import type { Model } from '@promptside/backstage-plugin-genai-common';
import { composeInferenceSpec } from './composeInferenceSpec';
import { readPlanChoice } from './planChoice';
import { given, secretOf, type RagFormValues } from './ragFormValues';

/**
 * The spec's part of the language model, yet to be checked: an address, or a server to be made of what a plan chose. The server is
 * composed as the inference path does, and of that the service keeps what is not its own (name, owner, place).
 *
 * @param model - facts of the language model, where the catalog has it
 * @throws InputError that names each wrong field
 */
export function composeRagLlm(
  values: RagFormValues,
  model: Model | undefined,
): Record<string, unknown> {
  const { llm } = values;
  const shared = {
    model: llm.model,
    contextTokens: llm.contextTokens,
    maxAnswerTokens: llm.maxAnswerTokens,
    entityRef: llm.entityRef,
    apiKeySecret: secretOf(llm.secret, 'api-key'),
  };
  if (!llm.create) return { ...shared, url: llm.url };
  const { contextLength, ...create } = serverOf(values, model);
  // A server that nobody else serves has neither a key nor an entity of its own yet.
  return {
    ...shared,
    entityRef: undefined,
    apiKeySecret: undefined,
    model: model?.id ?? llm.model,
    contextTokens: contextLength,
    create,
  };
}

function serverOf(
  { name, owner, target, llm, llmChoice }: RagFormValues,
  model: Model | undefined,
) {
  const engine = llm.engine || 'vllm';
  const wanted = { model: model?.id ?? llm.model, engine, ...target };
  const choice = readPlanChoice(
    llmChoice,
    wanted,
    'llmChoice: give the output "llmChoice" of a step genai:rag:plan',
  );
  try {
    const { spec } = composeInferenceSpec(
      given({
        name: `${name}-llm`,
        owner,
        model: llm.model,
        engine,
        cluster: target?.cluster,
        namespace: target?.namespace ?? '',
        replicas: llm.replicas,
        tokenSecret: llm.tokenSecret,
        storage: llm.storage,
        storageSize: llm.size,
        choice,
      }) as Parameters<typeof composeInferenceSpec>[0],
      model,
    );
    // Place, clients and delivery are those of the whole service.
    const { engine: served, model: weights, storage } = spec;
    return given({
      engine: served,
      model: weights,
      queue: spec.target.queue,
      accelerator: spec.accelerator,
      contextLength: spec.contextLength,
      replicas: spec.replicas,
      gpuMemoryUtilization: spec.gpuMemoryUtilization,
      kvCacheDtype: spec.kvCacheDtype,
      storage,
    });
  } catch (error) {
    if (!InputError.is(error)) throw error;
    throw new InputError(`llm.${error.message}`);
  }
}
