import type { EnginePorts } from '../EngineSpoke';

/** API, probes and metrics share one port. */
export const llamaCppPorts: EnginePorts = {
  http: 8080,
  httpName: 'http',
  basePath: '/v1',
};
