import { asModelId, asRevision, flagValue } from '../commandLine';
import type { ServingRuntimeRecogniser } from '../ServingRuntimeRecogniser';

/** `mcr.microsoft.com/aks/kaito/kaito-base` and mirrors of it. */
const IMAGE = /(^|\/)kaito-base$/;

/** KAITO's inference servers, where their Workspace is out of sight. Both of its runtimes serve OpenAI's API on one port. */
export const kaitoRecogniser: ServingRuntimeRecogniser = {
  runtime: 'kaito',
  matches: ({ repository, words }) =>
    IMAGE.test(repository) ||
    words.some(word =>
      /^\/workspace\/(vllm|tfs)\/inference_api\.py$/.test(word),
    ),
  read: ({ words }) => {
    const modelId = asModelId(flagValue(words, '--model'));
    const modelRevision = asRevision(flagValue(words, '--code-revision'));
    const servedName = flagValue(
      words,
      '--served-model-name',
      '--served_model_name',
    );
    return {
      ...(modelId ? { modelId } : {}),
      ...(modelRevision ? { modelRevision } : {}),
      ...(servedName ? { servedName } : {}),
      port: 5000,
      basePath: '/v1',
      protocol: 'openai',
    };
  },
};
