import {
  firstThen,
  secondsHistogram,
  type EngineMetricNames,
} from '../../engineMetrics/EngineMetricNames';
import type { EngineMetrics } from '../EngineSpoke';
import { vllmMetricNames } from '../vllm/metricNames';
import { nimPorts } from './ports';

/** NIM 1.x shows vLLM's numbers without its prefix. Source: docs.nvidia.com, NIM for LLMs, observability. */
const NIM_1_NAMES: EngineMetricNames = {
  runningRequests: ['num_requests_running'],
  waitingRequests: ['num_requests_waiting'],
  kvCacheUsage: ['gpu_cache_usage_perc'],
  timeToFirstToken: [secondsHistogram('time_to_first_token_seconds')],
  interTokenLatency: [secondsHistogram('time_per_output_token_seconds')],
  promptTokens: ['prompt_tokens_total'],
  generatedTokens: ['generation_tokens_total'],
};

/** vLLM's metrics, on the API's port (NIM 2.0). */
export const nimMetrics: EngineMetrics = {
  portName: nimPorts.httpName,
  port: nimPorts.http,
  path: '/v1/metrics',
  names: firstThen(vllmMetricNames, NIM_1_NAMES),
  queueMetric: 'vllm:num_requests_waiting',
};
