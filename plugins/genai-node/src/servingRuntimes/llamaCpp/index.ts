import type { EngineSpoke } from '../EngineSpoke';
import { llamaCppCache } from './cache';
import { llamaCppContainer } from './container';
import { llamaCppLimits, llamaCppSpecLimits } from './limits';
import { llamaCppMetrics } from './metrics';
import { llamaCppPorts } from './ports';
import { llamaCppProbes } from './probes';
import { llamaCppSecurity } from './security';
import { llamaCppSharedMemoryGib } from './sharedMemory';

/** llama.cpp: GGUF files, on GPUs or on processor cores. */
export const llamaCpp: EngineSpoke = {
  engine: 'llama-cpp',
  title: 'llama.cpp',
  runtime: 'llama-cpp',
  appName: 'llama-cpp',
  deployedBy: 'Deployment',
  tasks: ['text-generation', 'image-text-to-text'],
  servedName: ({ spec }) => spec.model.servedName ?? spec.model.id,
  ports: llamaCppPorts,
  metrics: llamaCppMetrics,
  container: llamaCppContainer,
  probes: llamaCppProbes,
  sharedMemoryGib: llamaCppSharedMemoryGib,
  cache: llamaCppCache,
  security: llamaCppSecurity,
  limits: llamaCppLimits,
  specLimits: llamaCppSpecLimits,
};
