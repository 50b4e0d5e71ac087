import { asModelId, flagValue, portOf } from '../commandLine';
import type { ServingRuntimeRecogniser } from '../ServingRuntimeRecogniser';

/** llama.cpp's `llama-server`; `-hf organisation/model:quantization` names a model on the hub. */
export const llamaCppRecogniser: ServingRuntimeRecogniser = {
  runtime: 'llama-cpp',
  matches: ({ repository, words }) =>
    /(^|\/)llama\.cpp$/.test(repository) ||
    words.some(word => /(^|\/)llama-server$/.test(word)),
  read: container => {
    const { words } = container;
    const repository = flagValue(words, '-hf', '-hfr', '--hf-repo');
    const modelId = asModelId(repository?.split(':')[0]);
    const servedName = flagValue(words, '-a', '--alias');
    return {
      ...(modelId ? { modelId } : {}),
      ...(servedName ? { servedName } : {}),
      port: portOf(container, 8080, '--port'),
      basePath: '/v1',
      protocol: 'openai',
    };
  },
};
