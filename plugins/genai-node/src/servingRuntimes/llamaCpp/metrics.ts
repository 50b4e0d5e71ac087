import type { EngineMetrics } from '../EngineSpoke';
import { llamaCppPorts } from './ports';

/** On the API's port, and only with `--metrics`. */
export const llamaCppMetrics: EngineMetrics = {
  portName: llamaCppPorts.httpName,
  port: llamaCppPorts.http,
  path: '/metrics',
  names: {
    runningRequests: ['llamacpp:requests_processing'],
    waitingRequests: ['llamacpp:requests_deferred'],
    // gone from newer releases
    kvCacheUsage: ['llamacpp:kv_cache_usage_ratio'],
    interTokenLatency: [
      {
        sum: 'llamacpp:tokens_predicted_seconds_total',
        count: 'llamacpp:tokens_predicted_total',
        msPerUnit: 1000,
      },
    ],
    promptTokens: ['llamacpp:prompt_tokens_total'],
    generatedTokens: ['llamacpp:tokens_predicted_total'],
  },
  queueMetric: 'llamacpp:requests_deferred',
};
