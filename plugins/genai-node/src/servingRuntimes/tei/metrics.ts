import type { EngineMetrics } from '../EngineSpoke';
import { teiPorts } from './ports';

/** On the API's port. */
export const teiMetrics: EngineMetrics = {
  portName: teiPorts.httpName,
  port: teiPorts.http,
  path: '/metrics',
  queueMetric: 'te_queue_size',
};
