import type { ServingRuntimeRecogniser } from '../ServingRuntimeRecogniser';

/** Ollama: models are pulled at run time, so the workload names none. */
export const ollamaRecogniser: ServingRuntimeRecogniser = {
  runtime: 'ollama',
  matches: ({ repository, words }) =>
    /(^|\/)ollama$/.test(repository) ||
    words.some(
      (word, index) =>
        /(^|\/)ollama$/.test(word) && words[index + 1] === 'serve',
    ),
  read: () => ({ port: 11_434, basePath: '/v1', protocol: 'openai' }),
};
