import type { EngineCache } from '../EngineSpoke';

const MODELS = '/models';
const HOME = '/home/sglang';

/** Kernels that are compiled at the start go to the home, weights to the volume. */
export const sglangCache: EngineCache = {
  modelPath: MODELS,
  homePath: HOME,
  homeSize: '20Gi',
  variables: {
    HOME,
    USER: 'sglang',
    HF_HOME: `${MODELS}/huggingface`,
    XDG_CACHE_HOME: `${HOME}/.cache`,
    XDG_CONFIG_HOME: `${HOME}/.config`,
    FLASHINFER_WORKSPACE_BASE: HOME,
    TORCHINDUCTOR_CACHE_DIR: `${HOME}/.cache/torchinductor`,
    TRITON_CACHE_DIR: `${HOME}/.cache/triton`,
  },
};
