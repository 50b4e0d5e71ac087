import type { EngineMetrics } from '../EngineSpoke';
import { teiPorts } from './ports';

/** On the API's port. */
export const teiMetrics: EngineMetrics = {
  portName: teiPorts.httpName,
  port: teiPorts.http,
  path: '/metrics',
  // the rest of its numbers are of embeddings, which have no tokens to wait for
  names: { waitingRequests: ['te_queue_size'] },
  queueMetric: 'te_queue_size',
};
