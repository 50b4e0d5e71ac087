import type { EngineSpoke } from '../EngineSpoke';
import { sglangCache } from './cache';
import { sglangContainer } from './container';
import { sglangLimits } from './limits';
import { sglangMetrics } from './metrics';
import { sglangPorts } from './ports';
import { sglangProbes } from './probes';
import { sglangSecurity } from './security';
import { sglangSharedMemoryGib } from './sharedMemory';

/** SGLang. */
export const sglang: EngineSpoke = {
  engine: 'sglang',
  title: 'SGLang',
  runtime: 'sglang',
  appName: 'sglang',
  deployedBy: 'Deployment',
  tasks: ['text-generation', 'image-text-to-text'],
  servedName: ({ spec }) => spec.model.servedName ?? spec.model.id,
  ports: sglangPorts,
  metrics: sglangMetrics,
  container: sglangContainer,
  probes: sglangProbes,
  sharedMemoryGib: sglangSharedMemoryGib,
  cache: sglangCache,
  security: sglangSecurity,
  limits: sglangLimits,
  specLimits: () => [],
};
