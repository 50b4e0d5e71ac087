import type { EngineMetrics } from '../EngineSpoke';
import { sglangPorts } from './ports';

/** On the API's port, and only with `--enable-metrics`. */
export const sglangMetrics: EngineMetrics = {
  portName: sglangPorts.httpName,
  port: sglangPorts.http,
  path: '/metrics',
  queueMetric: 'sglang:num_queue_reqs',
};
