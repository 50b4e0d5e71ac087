import type { EnginePorts } from '../EngineSpoke';

/** Above 1024, where the image's own port 80 is not: it runs as nobody in particular. */
export const teiPorts: EnginePorts = {
  http: 8080,
  httpName: 'http',
  basePath: '/v1',
};
