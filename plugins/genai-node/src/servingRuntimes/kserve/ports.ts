import type { EnginePorts } from '../EngineSpoke';

/** The OpenAI routes lie below a prefix of their own, beside KServe's protocols. */
export const kservePorts: EnginePorts = {
  http: 8080,
  // Knative reads the protocol from the name; plain Deployments do not mind.
  httpName: 'http1',
  basePath: '/openai/v1',
};
