import type { EngineMetrics } from '../EngineSpoke';
import { kservePorts } from './ports';

/** vLLM's metrics, on the API's port. */
export const kserveMetrics: EngineMetrics = {
  portName: kservePorts.httpName,
  port: kservePorts.http,
  path: '/metrics',
  queueMetric: 'vllm:num_requests_waiting',
};
