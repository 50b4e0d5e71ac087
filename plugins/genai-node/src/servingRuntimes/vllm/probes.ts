import type { EngineProbes, EngineQuestion } from '../EngineSpoke';
import { loadProbes } from '../loadProbes';
import { vllmPorts } from './ports';

/** The models route answers only when the model is loaded; `/health` already when the process is alive. */
export function vllmProbes({ weightsBytes }: EngineQuestion): EngineProbes {
  return loadProbes(weightsBytes, vllmPorts.httpName, {
    ready: `${vllmPorts.basePath}/models`,
    alive: '/health',
  });
}
