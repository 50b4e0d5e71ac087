import type { EnginePorts } from '../EngineSpoke';

/** API, probes and metrics share one port. */
export const vllmPorts: EnginePorts = {
  http: 8000,
  httpName: 'http',
  basePath: '/v1',
};
