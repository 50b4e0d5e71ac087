import { asModelId, asRevision, flagValue, portOf } from '../commandLine';
import type { ServingRuntimeRecogniser } from '../ServingRuntimeRecogniser';

/** Hugging Face Text Generation Inference; model and port come as flags or as environment variables. */
export const tgiRecogniser: ServingRuntimeRecogniser = {
  runtime: 'tgi',
  matches: ({ repository, words }) =>
    /(^|\/)text-generation-inference$/.test(repository) ||
    words.some(word => /(^|\/)text-generation-launcher$/.test(word)),
  read: container => {
    const { words, variables } = container;
    const modelId = asModelId(
      flagValue(words, '--model-id') ??
        variables.MODEL_ID ??
        variables.HF_MODEL_ID,
    );
    const modelRevision = asRevision(
      flagValue(words, '--revision') ?? variables.REVISION,
    );
    return {
      ...(modelId ? { modelId } : {}),
      ...(modelRevision ? { modelRevision } : {}),
      port: portOf(container, 80, '--port', '-p'),
      basePath: '/v1',
      protocol: 'openai',
    };
  },
};
