import { asModelId, asRevision, flagValue, portOf } from '../commandLine';
import type { ServingRuntimeRecogniser } from '../ServingRuntimeRecogniser';

/** Hugging Face Text Embeddings Inference; `/v1/embeddings` speaks OpenAI. */
export const teiRecogniser: ServingRuntimeRecogniser = {
  runtime: 'tei',
  matches: ({ repository, words }) =>
    /(^|\/)text-embeddings-inference$/.test(repository) ||
    words.some(word => /(^|\/)text-embeddings-router$/.test(word)),
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
