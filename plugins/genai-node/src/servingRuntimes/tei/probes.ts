import type { EngineProbes, EngineQuestion } from '../EngineSpoke';
import { loadProbes } from '../loadProbes';
import { teiPorts } from './ports';

/** The router listens when the model is loaded and warmed up. */
export function teiProbes({ weightsBytes }: EngineQuestion): EngineProbes {
  return loadProbes(weightsBytes, teiPorts.httpName, {
    ready: '/health',
    alive: '/health',
  });
}
