import type { EngineSecurity } from '../EngineSpoke';

/** The image starts as root and needs nothing of it: it listens above 1024 and writes below HOME. */
export function sglangSecurity(): EngineSecurity {
  return { level: 'restricted', userId: 10_001, readOnlyRootFilesystem: true };
}
