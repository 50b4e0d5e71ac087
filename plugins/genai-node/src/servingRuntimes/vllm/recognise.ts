import {
  asModelId,
  asRevision,
  flagValue,
  portOf,
  wordAfter,
} from '../commandLine';
import type { ServingRuntimeRecogniser } from '../ServingRuntimeRecogniser';

/** `vllm/vllm-openai`, `vllm/vllm-openai-rocm`, `rocm/vllm`, `intel/vllm`, `intel/llm-scaler-vllm`, mirrors of these. */
const IMAGE = /(^|\/)(llm-scaler-)?vllm(-openai)?(-[a-z0-9-]+)?$/;

/** vLLM: `vllm serve MODEL`, the older module, or the image whose entrypoint takes the rest. */
export const vllmRecogniser: ServingRuntimeRecogniser = {
  runtime: 'vllm',
  matches: ({ repository, words }) =>
    IMAGE.test(repository) ||
    words.includes('vllm.entrypoints.openai.api_server') ||
    words.some(
      (word, index) => /(^|\/)vllm$/.test(word) && words[index + 1] === 'serve',
    ),
  read: container => {
    const { words } = container;
    const [first] = words;
    const model =
      flagValue(words, '--model') ??
      wordAfter(words, 'vllm', 'serve') ??
      // The image's entrypoint is `vllm serve`, so its first argument may be the model.
      asModelId(first) ??
      (first === 'serve' ? words[1] : undefined);
    const modelId = asModelId(model);
    const servedName = flagValue(words, '--served-model-name') ?? model;
    const modelRevision = asRevision(flagValue(words, '--revision'));
    return {
      ...(modelId ? { modelId } : {}),
      ...(modelRevision ? { modelRevision } : {}),
      ...(servedName ? { servedName } : {}),
      port: portOf(container, 8000, '--port'),
      basePath: '/v1',
      protocol: 'openai',
    };
  },
};
