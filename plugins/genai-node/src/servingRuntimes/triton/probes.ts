import type { EngineProbes, EngineQuestion } from '../EngineSpoke';
import { loadProbes } from '../loadProbes';
import { tritonPorts } from './ports';

/** Readiness follows vLLM's own health, see the repository's configuration; the front end has no other route for it. */
export function tritonProbes({ weightsBytes }: EngineQuestion): EngineProbes {
  return loadProbes(weightsBytes, tritonPorts.httpName, {
    ready: '/health/ready',
    alive: '/health/ready',
  });
}
