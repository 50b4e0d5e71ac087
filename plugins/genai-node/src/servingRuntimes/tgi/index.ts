import type { EngineSpoke } from '../EngineSpoke';
import { tgiCache } from './cache';
import { tgiContainer } from './container';
import { TGI_NOTICE, tgiLimits, tgiSpecLimits } from './limits';
import { tgiMetrics } from './metrics';
import { tgiPorts } from './ports';
import { tgiProbes } from './probes';
import { tgiSecurity } from './security';
import { tgiSharedMemoryGib } from './sharedMemory';

/** Hugging Face Text Generation Inference, with manifests of our own. */
export const tgi: EngineSpoke = {
  engine: 'tgi',
  title: 'TGI',
  runtime: 'tgi',
  appName: 'text-generation-inference',
  deployedBy: 'Deployment',
  tasks: ['text-generation', 'image-text-to-text'],
  servedName: ({ spec }) => spec.model.servedName ?? spec.model.id,
  ports: tgiPorts,
  metrics: tgiMetrics,
  container: tgiContainer,
  probes: tgiProbes,
  sharedMemoryGib: tgiSharedMemoryGib,
  cache: tgiCache,
  security: tgiSecurity,
  limits: tgiLimits,
  specLimits: tgiSpecLimits,
  notice: TGI_NOTICE,
};
