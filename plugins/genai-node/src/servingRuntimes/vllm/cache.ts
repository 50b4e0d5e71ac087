import type { EngineCache } from '../EngineSpoke';

const MODELS = '/models';
const HOME = '/home/vllm';

/** The root file system is read-only, so everything that is written lies below a mounted path. */
export const vllmCache: EngineCache = {
  modelPath: MODELS,
  homePath: HOME,
  homeSize: '10Gi',
  variables: {
    HOME,
    // The uid has no line in /etc/passwd; PyTorch's compiler asks for the user's name and takes it from here.
    USER: 'vllm',
    HF_HOME: `${MODELS}/huggingface`,
    XDG_CACHE_HOME: `${HOME}/.cache`,
    XDG_CONFIG_HOME: `${HOME}/.config`,
    VLLM_CACHE_ROOT: `${HOME}/.cache/vllm`,
    VLLM_CONFIG_ROOT: `${HOME}/.config/vllm`,
    TORCHINDUCTOR_CACHE_DIR: `${HOME}/.cache/torchinductor`,
    TRITON_CACHE_DIR: `${HOME}/.cache/triton`,
  },
};
