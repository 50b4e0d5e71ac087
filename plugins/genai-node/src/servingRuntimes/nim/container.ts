import type { EngineContainer, EngineQuestion } from '../EngineSpoke';
import { hubToken, variables } from '../hubVariables';
import { nimSettings } from './arguments';

/** What the operator does not set by itself. */
export function nimContainer(question: EngineQuestion): EngineContainer {
  return {
    name: 'nim',
    args: [],
    env: [...variables(nimSettings(question)), ...hubToken(question.spec)],
  };
}
