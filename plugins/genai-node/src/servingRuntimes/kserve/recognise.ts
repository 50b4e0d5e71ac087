import { asModelId, asRevision, flagValue, portOf } from '../commandLine';
import type { ServingRuntimeRecogniser } from '../ServingRuntimeRecogniser';

/** KServe's Hugging Face server, where its InferenceService is out of sight or it runs without one. */
export const kserveRecogniser: ServingRuntimeRecogniser = {
  runtime: 'kserve',
  matches: ({ repository, words }) =>
    /(^|\/)huggingfaceserver$/.test(repository) ||
    words.includes('huggingfaceserver'),
  read: container => {
    const { words } = container;
    const modelId = asModelId(flagValue(words, '--model_id', '--model-id'));
    const modelRevision = asRevision(
      flagValue(words, '--model_revision', '--model-revision'),
    );
    const servedName = flagValue(words, '--model_name', '--model-name');
    return {
      ...(modelId ? { modelId } : {}),
      ...(modelRevision ? { modelRevision } : {}),
      ...(servedName ? { servedName } : {}),
      port: portOf(container, 8080, '--http_port'),
      basePath: '/openai/v1',
      protocol: 'openai',
    };
  },
};
