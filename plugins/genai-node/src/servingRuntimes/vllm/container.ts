import type { EngineContainer, EngineQuestion } from '../EngineSpoke';
import { hubToken, variables } from '../hubVariables';
import { cacheVariables } from '../modelSource';
import { vllmArguments } from './arguments';
import { vllmCache } from './cache';

/** vLLM tells nobody how it is used, and takes its words without a shell. */
export function vllmContainer(question: EngineQuestion): EngineContainer {
  return {
    name: 'vllm',
    command: ['vllm', 'serve'],
    args: vllmArguments(question),
    env: [
      ...variables({
        ...cacheVariables(question.spec, vllmCache),
        VLLM_NO_USAGE_STATS: '1',
        DO_NOT_TRACK: '1',
        HF_HUB_DISABLE_TELEMETRY: '1',
        ...(question.platform === 'amd' ? { VLLM_ROCM_USE_AITER: '1' } : {}),
      }),
      ...hubToken(question.spec),
    ],
  };
}
