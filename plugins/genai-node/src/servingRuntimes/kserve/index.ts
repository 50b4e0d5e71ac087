import type { EngineSpoke } from '../EngineSpoke';
import { kserveCache } from './cache';
import { kserveContainer } from './container';
import { kserveLimits, kserveSpecLimits } from './limits';
import { kserveMetrics } from './metrics';
import { kservePorts } from './ports';
import { kserveProbes } from './probes';
import { kserveSecurity } from './security';
import { kserveServedName } from './servedName';
import { kserveSharedMemoryGib } from './sharedMemory';

/** KServe's InferenceService with its Hugging Face runtime. */
export const kserve: EngineSpoke = {
  engine: 'kserve',
  title: 'KServe',
  runtime: 'kserve',
  appName: 'kserve',
  deployedBy: 'InferenceService',
  podSelector: name => ({ 'serving.kserve.io/inferenceservice': name }),
  endpointHost: ({ metadata, spec }) =>
    `${metadata.name}-predictor.${spec.target.namespace}.svc.cluster.local`,
  tasks: ['text-generation', 'image-text-to-text', 'embedding', 'rerank'],
  servedName: kserveServedName,
  ports: kservePorts,
  metrics: kserveMetrics,
  container: kserveContainer,
  probes: kserveProbes,
  sharedMemoryGib: kserveSharedMemoryGib,
  cache: kserveCache,
  bringsWeights: 'its own ways are a storage URI and LocalModelCache',
  security: kserveSecurity,
  limits: kserveLimits,
  specLimits: kserveSpecLimits,
};
