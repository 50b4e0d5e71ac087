import type { EngineContainer, EngineQuestion } from '../EngineSpoke';
import { hubToken, variables } from '../hubVariables';
import { cacheVariables } from '../modelSource';
import { sglangArguments } from './arguments';
import { sglangCache } from './cache';

/** SGLang as its documentation starts it. */
export function sglangContainer(question: EngineQuestion): EngineContainer {
  return {
    name: 'sglang',
    command: ['python3', '-m', 'sglang.launch_server'],
    args: sglangArguments(question),
    env: [
      ...variables({
        ...cacheVariables(question.spec, sglangCache),
        HF_HUB_DISABLE_TELEMETRY: '1',
        DO_NOT_TRACK: '1',
        ...(question.platform === 'amd' ? { SGLANG_USE_AITER: '1' } : {}),
      }),
      ...hubToken(question.spec),
    ],
  };
}
