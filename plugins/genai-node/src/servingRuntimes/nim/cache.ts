import type { EngineCache } from '../EngineSpoke';

/** The operator mounts the volume and says so to NIM (`NIM_CACHE_PATH`); everything else is the image's. */
export const nimCache: EngineCache = {
  modelPath: '/model-store',
  homePath: '/home/nvs',
  homeSize: '10Gi',
  variables: {},
};
