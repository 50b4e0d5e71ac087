import { asModelId, asRevision, flagValue, portOf } from '../commandLine';
import type { ServingRuntimeRecogniser } from '../ServingRuntimeRecogniser';

/** SGLang: `python -m sglang.launch_server --model-path X`. */
export const sglangRecogniser: ServingRuntimeRecogniser = {
  runtime: 'sglang',
  matches: ({ repository, words }) =>
    /(^|\/)sglang$/.test(repository) || words.includes('sglang.launch_server'),
  read: container => {
    const { words } = container;
    const model = flagValue(words, '--model-path', '--model');
    const modelId = asModelId(model);
    const modelRevision = asRevision(flagValue(words, '--revision'));
    const servedName = flagValue(words, '--served-model-name') ?? model;
    return {
      ...(modelId ? { modelId } : {}),
      ...(modelRevision ? { modelRevision } : {}),
      ...(servedName ? { servedName } : {}),
      port: portOf(container, 30_000, '--port'),
      basePath: '/v1',
      protocol: 'openai',
    };
  },
};
