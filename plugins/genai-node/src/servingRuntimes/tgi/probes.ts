import type { EngineProbes, EngineQuestion } from '../EngineSpoke';
import { loadProbes } from '../loadProbes';
import { tgiPorts } from './ports';

/** The router opens its port when the shards have loaded, so `/health` is a sign of readiness, too. */
export function tgiProbes({ weightsBytes }: EngineQuestion): EngineProbes {
  return loadProbes(weightsBytes, tgiPorts.httpName, {
    ready: '/health',
    alive: '/health',
  });
}
