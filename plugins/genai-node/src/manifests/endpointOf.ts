import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import type { EngineRegistry } from '../servingRuntimes/EngineRegistry';
import { engineOf, withEngine } from '../servingRuntimes/engineOf';

/** Base of the API's routes inside the cluster, e.g. `http://chat.team.svc:8000/v1`. @public */
export function endpointOf(
  spec: InferenceSpec,
  engines?: EngineRegistry,
): string {
  const { ports, endpointHost } = engineOf(withEngine(spec, engines));
  if (endpointHost) return `http://${endpointHost(spec)}${ports.basePath}`;
  const { namespace } = spec.spec.target;
  return `http://${spec.metadata.name}.${namespace}.svc:${ports.http}${ports.basePath}`;
}

/** Name under which the model answers, as requests to the endpoint give it. @public */
export function servedModelOf(
  spec: InferenceSpec,
  engines?: EngineRegistry,
): string {
  return engineOf(withEngine(spec, engines)).servedName(spec);
}
