import type { EngineMetrics } from '../EngineSpoke';
import { llamaCppPorts } from './ports';

/** On the API's port, and only with `--metrics`. */
export const llamaCppMetrics: EngineMetrics = {
  portName: llamaCppPorts.httpName,
  port: llamaCppPorts.http,
  path: '/metrics',
  queueMetric: 'llamacpp:requests_deferred',
};
