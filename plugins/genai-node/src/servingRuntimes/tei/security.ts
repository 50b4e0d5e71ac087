import type { EngineSecurity } from '../EngineSpoke';

/** One binary that listens above 1024 and writes below `/data` and `/tmp`. */
export function teiSecurity(): EngineSecurity {
  return { level: 'restricted', userId: 10_001, readOnlyRootFilesystem: true };
}
