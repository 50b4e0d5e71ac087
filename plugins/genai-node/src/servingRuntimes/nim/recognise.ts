import { portOf } from '../commandLine';
import type { ServingRuntimeRecogniser } from '../ServingRuntimeRecogniser';

/** `nvcr.io/nim/meta/llama-3.1-8b-instruct`, and mirrors that keep the path. */
const IMAGE = /(?:^|\/)nim\/([a-z0-9._-]+\/[a-z0-9._-]+)$/;

/** NVIDIA NIM: the image is the model, and answers under the image's path. */
export const nimRecogniser: ServingRuntimeRecogniser = {
  runtime: 'nim',
  matches: ({ repository }) => IMAGE.test(repository),
  read: container => {
    const [, servedName] = IMAGE.exec(container.repository) ?? [];
    return {
      ...(servedName ? { servedName } : {}),
      port: portOf(container, 8000),
      basePath: '/v1',
      protocol: 'openai',
    };
  },
};
