import type { V1EnvVar } from '@kubernetes/client-node';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';

/** Mounted paths: the root file system is read-only, so everything that is written lies below one of them. */
export const PATHS = {
  modelCache: '/models',
  home: '/home/vllm',
  temporary: '/tmp',
  sharedMemory: '/dev/shm',
} as const;

/** Environment of the container. The token is a reference: its value is known to the kubelet alone. */
export function vllmEnvironment({ spec }: InferenceSpec): V1EnvVar[] {
  const { tokenSecret } = spec.model;
  const fixed: Record<string, string> = {
    HOME: PATHS.home,
    // The uid has no line in /etc/passwd; PyTorch's compiler asks for the user's name and takes it from here.
    USER: 'vllm',
    HF_HOME: `${PATHS.modelCache}/huggingface`,
    XDG_CACHE_HOME: `${PATHS.home}/.cache`,
    XDG_CONFIG_HOME: `${PATHS.home}/.config`,
    VLLM_CACHE_ROOT: `${PATHS.home}/.cache/vllm`,
    VLLM_CONFIG_ROOT: `${PATHS.home}/.config/vllm`,
    TORCHINDUCTOR_CACHE_DIR: `${PATHS.home}/.cache/torchinductor`,
    TRITON_CACHE_DIR: `${PATHS.home}/.cache/triton`,
    VLLM_NO_USAGE_STATS: '1',
    DO_NOT_TRACK: '1',
    HF_HUB_DISABLE_TELEMETRY: '1',
    ...(spec.accelerator.vendor === 'amd' ? { VLLM_ROCM_USE_AITER: '1' } : {}),
  };
  return [
    ...Object.entries(fixed).map(([name, value]) => ({ name, value })),
    ...(tokenSecret
      ? [{ name: 'HF_TOKEN', valueFrom: { secretKeyRef: tokenSecret } }]
      : []),
  ];
}
