import type { EngineMetrics } from '../EngineSpoke';
import { nimPorts } from './ports';

/** vLLM's metrics, on the API's port (NIM 2.0). */
export const nimMetrics: EngineMetrics = {
  portName: nimPorts.httpName,
  port: nimPorts.http,
  path: '/v1/metrics',
  queueMetric: 'vllm:num_requests_waiting',
};
