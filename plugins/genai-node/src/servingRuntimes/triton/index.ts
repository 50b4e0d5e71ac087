import type { EngineSpoke } from '../EngineSpoke';
import { tritonCache } from './cache';
import { tritonContainer } from './container';
import { tritonLimits, tritonSpecLimits } from './limits';
import { tritonMetrics } from './metrics';
import { tritonPorts } from './ports';
import { tritonProbes } from './probes';
import { tritonSecurity } from './security';
import { tritonServedName } from './servedName';
import { tritonSharedMemoryGib } from './sharedMemory';

/** NVIDIA Triton with the vLLM backend and the OpenAI front end. */
export const triton: EngineSpoke = {
  engine: 'triton',
  title: 'Triton',
  runtime: 'triton',
  appName: 'triton',
  deployedBy: 'Deployment',
  tasks: ['text-generation', 'image-text-to-text'],
  servedName: tritonServedName,
  ports: tritonPorts,
  metrics: tritonMetrics,
  container: tritonContainer,
  probes: tritonProbes,
  sharedMemoryGib: tritonSharedMemoryGib,
  cache: tritonCache,
  security: tritonSecurity,
  limits: tritonLimits,
  specLimits: tritonSpecLimits,
};
