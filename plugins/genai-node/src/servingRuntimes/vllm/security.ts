import type { EngineSecurity } from '../EngineSpoke';

/** Any id but root's. Volumes are given to its group, so the image need not know it. */
export const ANY_USER_ID = 10_001;

/** The image starts as root and runs as anybody, where caches lie on volumes (vllm#9118, #31959). */
export function vllmSecurity(): EngineSecurity {
  return {
    level: 'restricted',
    userId: ANY_USER_ID,
    readOnlyRootFilesystem: true,
  };
}
