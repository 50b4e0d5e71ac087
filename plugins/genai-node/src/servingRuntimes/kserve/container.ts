import type { EngineContainer, EngineQuestion } from '../EngineSpoke';
import { hubToken, variables } from '../hubVariables';
import { kserveArguments } from './arguments';
import { kserveCache } from './cache';

/** Laid by KServe over the container of its runtime, whose entry point takes the arguments. */
export function kserveContainer(question: EngineQuestion): EngineContainer {
  return {
    name: 'kserve-container',
    args: kserveArguments(question),
    env: [
      ...variables({
        ...kserveCache.variables,
        VLLM_NO_USAGE_STATS: '1',
        DO_NOT_TRACK: '1',
        HF_HUB_DISABLE_TELEMETRY: '1',
      }),
      ...hubToken(question.spec),
    ],
  };
}
