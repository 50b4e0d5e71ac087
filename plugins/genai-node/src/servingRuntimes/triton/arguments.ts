import type { EngineQuestion } from '../EngineSpoke';
import { flag } from '../hubVariables';
import { modelSource } from '../modelSource';
import { tritonCache } from './cache';
import { MODEL_REPOSITORY } from './modelRepository';
import { tritonPorts } from './ports';
import { tritonServedName } from './servedName';

/** Words after `main.py` of the OpenAI front end, which runs Triton inside. Source: main.py at e1db8a6 (26.07). */
export function tritonArguments({ spec }: EngineQuestion): string[] {
  return [
    flag('model-repository', MODEL_REPOSITORY),
    flag('tokenizer', modelSource(spec, tritonCache).model),
    flag('backend', 'vllm'),
    // The engine's health counts only in this mode (vllm_backend, docs/health_check.md).
    flag('model-control-mode', 'explicit'),
    flag('load-model', tritonServedName(spec)),
    flag('host', '0.0.0.0'),
    flag('openai-port', tritonPorts.http),
  ];
}
