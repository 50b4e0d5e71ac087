import type { EnginePorts } from '../EngineSpoke';

/** API, probes and metrics share one port. */
export const sglangPorts: EnginePorts = {
  http: 30_000,
  httpName: 'http',
  basePath: '/v1',
};
