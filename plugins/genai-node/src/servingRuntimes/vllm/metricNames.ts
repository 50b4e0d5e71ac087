import {
  secondsHistogram,
  type EngineMetricNames,
} from '../../engineMetrics/EngineMetricNames';

/**
 * vLLM's own names, the old ones of the V0 engine after the new. Other engines with vLLM inside show the same. Source:
 * docs.vllm.ai, metrics of the V1 engine.
 */
export const vllmMetricNames: EngineMetricNames = {
  runningRequests: ['vllm:num_requests_running'],
  waitingRequests: ['vllm:num_requests_waiting'],
  kvCacheUsage: ['vllm:kv_cache_usage_perc', 'vllm:gpu_cache_usage_perc'],
  timeToFirstToken: [secondsHistogram('vllm:time_to_first_token_seconds')],
  interTokenLatency: [
    secondsHistogram('vllm:inter_token_latency_seconds'),
    secondsHistogram('vllm:time_per_output_token_seconds'),
  ],
  promptTokens: ['vllm:prompt_tokens_total'],
  generatedTokens: ['vllm:generation_tokens_total'],
};
