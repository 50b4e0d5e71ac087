import { secondsHistogram } from '../../engineMetrics/EngineMetricNames';
import type { EngineMetrics } from '../EngineSpoke';
import { tgiPorts } from './ports';

/** On the API's port. There is neither time to first token nor use of the KV cache among them (3.3.7). */
export const tgiMetrics: EngineMetrics = {
  portName: tgiPorts.httpName,
  port: tgiPorts.http,
  path: '/metrics',
  names: {
    runningRequests: ['tgi_batch_current_size'],
    waitingRequests: ['tgi_queue_size'],
    // of whole requests, the first token in: TGI has nothing closer
    interTokenLatency: [
      secondsHistogram('tgi_request_mean_time_per_token_duration'),
    ],
    promptTokens: ['tgi_request_input_length_sum'],
    generatedTokens: ['tgi_request_generated_tokens_sum'],
  },
  queueMetric: 'tgi_queue_size',
};
