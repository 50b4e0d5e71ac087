import { asModelId, asRevision, flagValue, portOf } from '../commandLine';
import type { ServingRuntimeRecogniser } from '../ServingRuntimeRecogniser';

/** A file of a repository on the hub, at a commit or a branch. */
const HUB_FILE =
  /^https:\/\/huggingface\.co\/([^/]+\/[^/]+)\/resolve\/([^/]+)\//;

/** llama.cpp's `llama-server`; `-hf organisation/model:quantization` or an address names a model on the hub. */
export const llamaCppRecogniser: ServingRuntimeRecogniser = {
  runtime: 'llama-cpp',
  matches: ({ repository, words }) =>
    /(^|\/)llama\.cpp$/.test(repository) ||
    words.some(word => /(^|\/)llama-server$/.test(word)),
  read: container => {
    const { words } = container;
    const [, fromAddress, commit] =
      HUB_FILE.exec(flagValue(words, '-mu', '--model-url') ?? '') ?? [];
    const repository = flagValue(words, '-hf', '-hfr', '--hf-repo');
    const modelId = asModelId(repository?.split(':')[0] ?? fromAddress);
    const modelRevision = asRevision(commit);
    const servedName = flagValue(words, '-a', '--alias');
    return {
      ...(modelId ? { modelId } : {}),
      ...(modelRevision ? { modelRevision } : {}),
      ...(servedName ? { servedName } : {}),
      port: portOf(container, 8080, '--port'),
      basePath: '/v1',
      protocol: 'openai',
    };
  },
};
