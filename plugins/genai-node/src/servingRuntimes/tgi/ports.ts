import type { EnginePorts } from '../EngineSpoke';

/** Above 1024, for the port of the image (80) is open to root alone where all capabilities are dropped. */
export const tgiPorts: EnginePorts = {
  http: 8080,
  httpName: 'http',
  basePath: '/v1',
};
