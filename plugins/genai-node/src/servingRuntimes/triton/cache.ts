import type { EngineCache } from '../EngineSpoke';

const MODELS = '/models';
const HOME = '/home/triton';

/** As vLLM's: it is the engine inside. */
export const tritonCache: EngineCache = {
  modelPath: MODELS,
  homePath: HOME,
  homeSize: '10Gi',
  variables: {
    HOME,
    USER: 'triton-server',
    HF_HOME: `${MODELS}/huggingface`,
    XDG_CACHE_HOME: `${HOME}/.cache`,
    XDG_CONFIG_HOME: `${HOME}/.config`,
    VLLM_CACHE_ROOT: `${HOME}/.cache/vllm`,
    VLLM_CONFIG_ROOT: `${HOME}/.config/vllm`,
    TORCHINDUCTOR_CACHE_DIR: `${HOME}/.cache/torchinductor`,
    TRITON_CACHE_DIR: `${HOME}/.cache/triton`,
  },
};
