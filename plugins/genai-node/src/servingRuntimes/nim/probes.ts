import type { EngineProbes, EngineQuestion } from '../EngineSpoke';
import { loadProbes } from '../loadProbes';
import { nimPorts } from './ports';

/** The operator's own startup probe gives up after 20 minutes, whatever the model. */
export function nimProbes({ weightsBytes }: EngineQuestion): EngineProbes {
  return loadProbes(weightsBytes, nimPorts.httpName, {
    ready: '/v1/health/ready',
    alive: '/v1/health/live',
  });
}
