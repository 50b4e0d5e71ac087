import type { EngineSpoke } from '../EngineSpoke';
import { vllmCache } from './cache';
import { vllmContainer } from './container';
import { vllmLimits } from './limits';
import { vllmMetrics } from './metrics';
import { vllmPorts } from './ports';
import { vllmProbes } from './probes';
import { vllmSecurity } from './security';
import { vllmSharedMemoryGib } from './sharedMemory';

/** vLLM: the default. */
export const vllm: EngineSpoke = {
  engine: 'vllm',
  title: 'vLLM',
  runtime: 'vllm',
  appName: 'vllm',
  deployedBy: 'Deployment',
  tasks: ['text-generation', 'image-text-to-text', 'embedding', 'rerank'],
  servedName: ({ spec }) => spec.model.servedName ?? spec.model.id,
  ports: vllmPorts,
  metrics: vllmMetrics,
  container: vllmContainer,
  probes: vllmProbes,
  sharedMemoryGib: vllmSharedMemoryGib,
  cache: vllmCache,
  security: vllmSecurity,
  limits: vllmLimits,
  specLimits: () => [],
};
