import type { EngineSecurity } from '../EngineSpoke';

/** The image's own user (huggingface_server.Dockerfile at aaac4e2). */
export function kserveSecurity(): EngineSecurity {
  return { level: 'restricted', userId: 1000, readOnlyRootFilesystem: true };
}
