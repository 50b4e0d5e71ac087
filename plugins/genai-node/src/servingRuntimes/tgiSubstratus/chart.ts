/**
 * The chart, at the one version that was published (substratusai/helm at aca7994). Its own image is TGI 1.1.0 of 2023; values
 * name another.
 */
export const SUBSTRATUS_CHART = {
  name: 'text-generation-inference',
  version: '0.1.1',
  repo: 'https://substratusai.github.io/helm',
} as const;

/** Volume that the chart mounts over `/dev/shm`. */
export const CHART_SHM_VOLUME = 'dshm';
