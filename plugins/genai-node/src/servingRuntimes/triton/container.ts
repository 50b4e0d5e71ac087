import type { EngineContainer, EngineQuestion } from '../EngineSpoke';
import { hubToken, variables } from '../hubVariables';
import { cacheVariables } from '../modelSource';
import { tritonArguments } from './arguments';
import { tritonCache } from './cache';
import { modelRepository } from './modelRepository';

/** Where the image keeps the front end (build.py at e1db8a6). */
const FRONT_END = '/opt/tritonserver/python/openai/openai_frontend/main.py';

/** Triton behind its OpenAI front end, without which clients of that API could not talk to it. */
export function tritonContainer(question: EngineQuestion): EngineContainer {
  return {
    name: 'triton',
    command: ['python3', FRONT_END],
    args: tritonArguments(question),
    env: [
      ...variables({
        ...cacheVariables(question.spec, tritonCache),
        VLLM_NO_USAGE_STATS: '1',
        DO_NOT_TRACK: '1',
        HF_HUB_DISABLE_TELEMETRY: '1',
      }),
      ...hubToken(question.spec),
    ],
    files: modelRepository(question),
  };
}
