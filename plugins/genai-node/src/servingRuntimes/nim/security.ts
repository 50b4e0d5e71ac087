import type { EngineSecurity } from '../EngineSpoke';

/** The operator takes user and group of us, and nothing else (manifests/deployment.yaml at f63f74d). */
export function nimSecurity(): EngineSecurity {
  return {
    level: 'baseline',
    userId: 1000,
    readOnlyRootFilesystem: false,
    reason:
      'The NIM operator writes the pods and drops neither capabilities nor privilege escalation.',
  };
}
