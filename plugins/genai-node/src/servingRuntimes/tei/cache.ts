import type { EngineCache } from '../EngineSpoke';

const DATA = '/data';
const HOME = '/home/tei';

/** `/data` is where the image itself looks for weights. */
export const teiCache: EngineCache = {
  modelPath: DATA,
  homePath: HOME,
  homeSize: '2Gi',
  variables: {
    HOME,
    USER: 'tei',
    HF_HOME: DATA,
    HUGGINGFACE_HUB_CACHE: DATA,
    XDG_CACHE_HOME: `${HOME}/.cache`,
  },
};
