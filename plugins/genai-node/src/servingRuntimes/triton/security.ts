import type { EngineSecurity } from '../EngineSpoke';

/** The image's own user, `triton-server`. */
export function tritonSecurity(): EngineSecurity {
  return { level: 'restricted', userId: 1000, readOnlyRootFilesystem: true };
}
