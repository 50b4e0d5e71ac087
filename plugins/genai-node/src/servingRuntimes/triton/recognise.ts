import { portOf } from '../commandLine';
import type { ServingRuntimeRecogniser } from '../ServingRuntimeRecogniser';

/**
 * NVIDIA Triton. Its own HTTP protocol is not OpenAI's; the separate front end (`openai_frontend/main.py`) is. Models lie in
 * its repository, so the workload names none.
 */
export const tritonRecogniser: ServingRuntimeRecogniser = {
  runtime: 'triton',
  matches: ({ repository, words }) =>
    /(^|\/)tritonserver$/.test(repository) ||
    words.some(word => /(^|\/)tritonserver$/.test(word)),
  read: container =>
    container.words.some(word => word.includes('openai_frontend'))
      ? {
          port: portOf(container, 9000, '--openai-port'),
          basePath: '/v1',
          protocol: 'openai',
        }
      : {
          port: portOf(container, 8000, '--http-port'),
          basePath: '',
          protocol: 'other',
        },
};
