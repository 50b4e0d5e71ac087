import type { EngineCache } from '../EngineSpoke';

const MODELS = '/models';
const HOME = '/home/llama';

/** Downloads go to the volume; the home keeps compiled kernels of SYCL and CUDA. */
export const llamaCppCache: EngineCache = {
  modelPath: MODELS,
  homePath: HOME,
  homeSize: '5Gi',
  variables: {
    HOME,
    USER: 'llama',
    LLAMA_CACHE: `${MODELS}/llama.cpp`,
    XDG_CACHE_HOME: `${HOME}/.cache`,
  },
};
