import { secondsHistogram } from '../../engineMetrics/EngineMetricNames';
import type { EngineMetrics } from '../EngineSpoke';
import { sglangPorts } from './ports';

/** On the API's port, and only with `--enable-metrics`. */
export const sglangMetrics: EngineMetrics = {
  portName: sglangPorts.httpName,
  port: sglangPorts.http,
  path: '/metrics',
  names: {
    runningRequests: ['sglang:num_running_reqs'],
    waitingRequests: ['sglang:num_queue_reqs'],
    kvCacheUsage: ['sglang:token_usage'],
    timeToFirstToken: [secondsHistogram('sglang:time_to_first_token_seconds')],
    interTokenLatency: [
      secondsHistogram('sglang:inter_token_latency_seconds'),
      secondsHistogram('sglang:time_per_output_token_seconds'),
    ],
    promptTokens: ['sglang:prompt_tokens_total'],
    generatedTokens: ['sglang:generation_tokens_total'],
    generatedTokensPerSecond: ['sglang:gen_throughput'],
  },
  queueMetric: 'sglang:num_queue_reqs',
};
