import type { EngineMetrics } from '../EngineSpoke';
import { vllmMetricNames } from './metricNames';
import { vllmPorts } from './ports';

/** On the API's port. Source: docs.vllm.ai, metrics of the V1 engine. */
export const vllmMetrics: EngineMetrics = {
  portName: vllmPorts.httpName,
  port: vllmPorts.http,
  path: '/metrics',
  names: vllmMetricNames,
  queueMetric: 'vllm:num_requests_waiting',
};
