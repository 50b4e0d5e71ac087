import type { EngineProbes, EngineQuestion } from '../EngineSpoke';
import { loadProbes } from '../loadProbes';
import { llamaCppPorts } from './ports';

/** `/health` answers 503 while the model loads. */
export function llamaCppProbes({ weightsBytes }: EngineQuestion): EngineProbes {
  return loadProbes(weightsBytes, llamaCppPorts.httpName, {
    ready: '/health',
    alive: '/health',
  });
}
