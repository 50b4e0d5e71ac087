import type { EngineContainer, EngineQuestion } from '../EngineSpoke';
import { hubToken, variables } from '../hubVariables';
import { llamaCppArguments } from './arguments';
import { llamaCppCache } from './cache';

/** The image's entry point is `llama-server`. */
export function llamaCppContainer(question: EngineQuestion): EngineContainer {
  return {
    name: 'llama-cpp',
    args: llamaCppArguments(question),
    env: [...variables(llamaCppCache.variables), ...hubToken(question.spec)],
  };
}
