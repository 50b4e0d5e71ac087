import type { EngineContainer, EngineQuestion } from '../EngineSpoke';
import { hubToken, variables } from '../hubVariables';
import { cacheVariables } from '../modelSource';
import { teiArguments } from './arguments';
import { teiCache } from './cache';

/** The image's entry point finds the binary for the device, so there is no command of ours. */
export function teiContainer(question: EngineQuestion): EngineContainer {
  return {
    name: 'tei',
    args: teiArguments(question),
    env: [
      ...variables({
        ...cacheVariables(question.spec, teiCache),
        HF_HUB_DISABLE_TELEMETRY: '1',
      }),
      ...hubToken(question.spec),
    ],
  };
}
