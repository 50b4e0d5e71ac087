import type { EngineMetrics } from '../EngineSpoke';
import { tgiPorts } from './ports';

/** On the API's port. There is neither time to first token nor use of the KV cache among them (3.3.7). */
export const tgiMetrics: EngineMetrics = {
  portName: tgiPorts.httpName,
  port: tgiPorts.http,
  path: '/metrics',
  queueMetric: 'tgi_queue_size',
};
