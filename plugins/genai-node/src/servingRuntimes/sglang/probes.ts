import type { EngineProbes, EngineQuestion } from '../EngineSpoke';
import { loadProbes } from '../loadProbes';
import { sglangPorts } from './ports';

/** `/health` answers 503 until the warm-up request has passed. `/health_generate` would make a busy engine look dead. */
export function sglangProbes({ weightsBytes }: EngineQuestion): EngineProbes {
  return loadProbes(weightsBytes, sglangPorts.httpName, {
    ready: '/health',
    alive: '/health',
  });
}
