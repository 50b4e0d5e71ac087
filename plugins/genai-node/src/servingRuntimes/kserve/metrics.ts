import type { EngineMetrics } from '../EngineSpoke';
import { vllmMetricNames } from '../vllm/metricNames';
import { kservePorts } from './ports';

/** vLLM's metrics, on the API's port. */
export const kserveMetrics: EngineMetrics = {
  portName: kservePorts.httpName,
  port: kservePorts.http,
  path: '/metrics',
  names: vllmMetricNames,
  queueMetric: 'vllm:num_requests_waiting',
};
