import type { EngineSecurity, LimitsQuestion } from '../EngineSpoke';

/**
 * The images for NVIDIA and AMD keep Python below /root, which only root may enter: since 3.1 they start as nobody else
 * (text-generation-inference#3082, still open; Dockerfile at db931fcf). Root without capabilities is what remains.
 */
export function tgiSecurity({ platform }: LimitsQuestion): EngineSecurity {
  if (platform === 'nvidia' || platform === 'amd') {
    return {
      level: 'baseline',
      userId: 0,
      readOnlyRootFilesystem: true,
      reason:
        'The TGI image runs as root alone, for its Python lies below /root (text-generation-inference#3082).',
    };
  }
  return {
    level: 'restricted',
    userId: 10_001,
    readOnlyRootFilesystem: true,
  };
}
