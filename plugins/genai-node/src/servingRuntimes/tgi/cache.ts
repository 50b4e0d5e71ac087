import type { EngineCache } from '../EngineSpoke';

const DATA = '/data';
const HOME = '/home/tgi';

/** `/data` is where the image itself looks for weights. */
export const tgiCache: EngineCache = {
  modelPath: DATA,
  homePath: HOME,
  homeSize: '10Gi',
  variables: {
    HOME,
    USER: 'tgi',
    HF_HOME: DATA,
    HUGGINGFACE_HUB_CACHE: DATA,
    XDG_CACHE_HOME: `${HOME}/.cache`,
    TRITON_CACHE_DIR: `${HOME}/.cache/triton`,
    TORCHINDUCTOR_CACHE_DIR: `${HOME}/.cache/torchinductor`,
  },
};
