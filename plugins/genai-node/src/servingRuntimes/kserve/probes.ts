import type { EngineProbes, EngineQuestion } from '../EngineSpoke';
import { loadProbes } from '../loadProbes';
import { kservePorts } from './ports';
import { kserveServedName } from './servedName';

/** KServe's own default looks at the open port alone, which says nothing of the model. */
export function kserveProbes({
  weightsBytes,
  spec,
}: EngineQuestion): EngineProbes {
  return loadProbes(weightsBytes, kservePorts.httpName, {
    ready: `/v2/models/${kserveServedName(spec)}/ready`,
    alive: '/v2/health/live',
  });
}
