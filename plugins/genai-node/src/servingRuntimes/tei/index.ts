import type { EngineSpoke } from '../EngineSpoke';
import { teiCache } from './cache';
import { teiContainer } from './container';
import { teiLimits } from './limits';
import { teiMetrics } from './metrics';
import { teiPorts } from './ports';
import { teiProbes } from './probes';
import { teiSecurity } from './security';
import { teiSharedMemoryGib } from './sharedMemory';

/** Hugging Face Text Embeddings Inference. */
export const tei: EngineSpoke = {
  engine: 'tei',
  title: 'TEI',
  runtime: 'tei',
  appName: 'text-embeddings-inference',
  deployedBy: 'Deployment',
  tasks: ['embedding', 'rerank'],
  servedName: ({ spec }) => spec.model.servedName ?? spec.model.id,
  ports: teiPorts,
  metrics: teiMetrics,
  container: teiContainer,
  probes: teiProbes,
  sharedMemoryGib: teiSharedMemoryGib,
  cache: teiCache,
  security: teiSecurity,
  limits: teiLimits,
  specLimits: () => [],
};
