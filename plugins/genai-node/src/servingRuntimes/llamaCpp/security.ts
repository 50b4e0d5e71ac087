import type { EngineSecurity } from '../EngineSpoke';

/** One binary that writes to its cache alone. */
export function llamaCppSecurity(): EngineSecurity {
  return { level: 'restricted', userId: 10_001, readOnlyRootFilesystem: true };
}
