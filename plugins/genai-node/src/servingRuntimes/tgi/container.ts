import type { EngineContainer, EngineQuestion } from '../EngineSpoke';
import { hubToken, variables } from '../hubVariables';
import { cacheVariables } from '../modelSource';
import { tgiSettings } from './arguments';
import { tgiCache } from './cache';

/** The image's entry point sets up its Python, so there is no command of ours; all settings are variables. */
export function tgiContainer(question: EngineQuestion): EngineContainer {
  return {
    name: 'tgi',
    args: [],
    env: [
      ...variables({
        ...tgiSettings(question),
        ...cacheVariables(question.spec, tgiCache),
        HF_HUB_DISABLE_TELEMETRY: '1',
      }),
      ...hubToken(question.spec),
    ],
  };
}
