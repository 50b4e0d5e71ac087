import type { EngineContainer, EngineQuestion } from '../EngineSpoke';
import { hubToken, variables } from '../hubVariables';
import { cacheVariables } from '../modelSource';
import { llamaCppArguments } from './arguments';
import { llamaCppCache } from './cache';

/** The image's entry point is `llama-server`. */
export function llamaCppContainer(question: EngineQuestion): EngineContainer {
  return {
    name: 'llama-cpp',
    args: llamaCppArguments(question),
    env: [
      ...variables(cacheVariables(question.spec, llamaCppCache)),
      ...hubToken(question.spec),
    ],
  };
}
