import type { EnginePorts } from '../EngineSpoke';

/** API, probes and metrics share one port; the operator names it. */
export const nimPorts: EnginePorts = {
  http: 8000,
  httpName: 'api',
  basePath: '/v1',
};
