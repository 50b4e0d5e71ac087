import type { EnginePorts } from '../EngineSpoke';

/** The OpenAI front end (`--openai-port`); Triton's own protocols stay closed. */
export const tritonPorts: EnginePorts = {
  http: 9000,
  httpName: 'http',
  basePath: '/v1',
};
