import type { EngineCache } from '../EngineSpoke';

const MODELS = '/models';
const HOME = '/home/kserve';

/**
 * The server downloads into the volume by itself. KServe's storage initializer would fetch the weights anew for every pod,
 * into the node's own disk.
 */
export const kserveCache: EngineCache = {
  modelPath: MODELS,
  homePath: HOME,
  homeSize: '10Gi',
  variables: {
    HOME,
    USER: 'kserve',
    HF_HOME: `${MODELS}/huggingface`,
    XDG_CACHE_HOME: `${HOME}/.cache`,
    XDG_CONFIG_HOME: `${HOME}/.config`,
    VLLM_CACHE_ROOT: `${HOME}/.cache/vllm`,
    VLLM_CONFIG_ROOT: `${HOME}/.config/vllm`,
    TORCHINDUCTOR_CACHE_DIR: `${HOME}/.cache/torchinductor`,
    TRITON_CACHE_DIR: `${HOME}/.cache/triton`,
  },
};
