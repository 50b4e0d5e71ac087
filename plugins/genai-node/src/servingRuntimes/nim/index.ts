import type { EngineSpoke } from '../EngineSpoke';
import { nimCache } from './cache';
import { nimContainer } from './container';
import { nimLimits, nimSpecLimits } from './limits';
import { nimMetrics } from './metrics';
import { nimPorts } from './ports';
import { nimProbes } from './probes';
import { nimSecurity } from './security';
import { nimServedName } from './servedName';
import { nimSharedMemoryGib } from './sharedMemory';

/** NVIDIA NIM by its operator's NIMService. */
export const nim: EngineSpoke = {
  engine: 'nim',
  title: 'NVIDIA NIM',
  runtime: 'nim',
  appName: 'nim',
  deployedBy: 'NIMService',
  podSelector: name => ({ app: name }),
  tasks: ['text-generation', 'image-text-to-text', 'embedding', 'rerank'],
  servedName: nimServedName,
  ports: nimPorts,
  metrics: nimMetrics,
  container: nimContainer,
  probes: nimProbes,
  sharedMemoryGib: nimSharedMemoryGib,
  cache: nimCache,
  bringsWeights: 'it fetches the files of its own profiles from NGC',
  security: nimSecurity,
  limits: nimLimits,
  specLimits: nimSpecLimits,
};
