import type { EngineSpoke } from '../EngineSpoke';
import { tgi } from '../tgi';
import { tgiCache } from './cache';
import { SUBSTRATUS_CHART } from './chart';
import { tgiSubstratusContainer } from './container';
import {
  TGI_SUBSTRATUS_NOTICE,
  tgiSubstratusLimits,
  tgiSubstratusSpecLimits,
} from './limits';
import { tgiMetrics } from './metrics';
import { tgiPorts } from './ports';
import { tgiProbes } from './probes';
import { tgiSecurity } from './security';
import { tgiSharedMemoryGib } from './sharedMemory';

/** TGI by the Substratus AI Helm chart, with what the chart lacks patched over it. */
export const tgiSubstratus: EngineSpoke = {
  engine: 'tgi-substratus',
  title: 'TGI (Substratus AI chart)',
  runtime: 'tgi',
  appName: SUBSTRATUS_CHART.name,
  deployedBy: 'HelmChart',
  tasks: tgi.tasks,
  servedName: tgi.servedName,
  ports: tgiPorts,
  metrics: tgiMetrics,
  container: tgiSubstratusContainer,
  probes: tgiProbes,
  sharedMemoryGib: tgiSharedMemoryGib,
  cache: tgiCache,
  bringsWeights: 'the chart has no place for a container that waits for them',
  security: tgiSecurity,
  limits: tgiSubstratusLimits,
  specLimits: tgiSubstratusSpecLimits,
  notice: TGI_SUBSTRATUS_NOTICE,
};
