import { Pod } from '../sim/kubeTypes';
import { EngineLoad, engineLoad, ServedRequests } from './engineLoad';
import { exposition, Metric } from './exposition';
import { vllmMetrics } from './vllmMetrics';

/** Whose names the metrics of an engine bear. */
export type MetricDialect = 'vllm' | 'tgi' | 'sglang' | 'llama-cpp';

type Words = Readonly<
  Record<
    string,
    readonly [type: 'gauge' | 'counter', value: (load: EngineLoad) => number]
  >
>;

/** Seconds between two generated tokens, and until the first. */
const TOKEN_SECONDS = 0.0184;
const FIRST_TOKEN_SECONDS = 0.172;

/** Names as in each engine's documentation; latencies are the sum and count of their histograms. */
const DIALECTS: Readonly<Record<Exclude<MetricDialect, 'vllm'>, Words>> = {
  tgi: {
    tgi_batch_current_size: ['gauge', load => load.running],
    tgi_queue_size: ['gauge', load => load.waiting],
    tgi_request_count: ['counter', load => load.requests],
    tgi_request_success: ['counter', load => load.requests],
    tgi_request_input_length_sum: ['counter', load => load.promptTokens],
    tgi_request_generated_tokens_sum: ['counter', load => load.generatedTokens],
    tgi_request_mean_time_per_token_duration_sum: [
      'counter',
      load => load.requests * TOKEN_SECONDS,
    ],
    tgi_request_mean_time_per_token_duration_count: [
      'counter',
      load => load.requests,
    ],
  },
  sglang: {
    'sglang:num_running_reqs': ['gauge', load => load.running],
    'sglang:num_queue_reqs': ['gauge', load => load.waiting],
    'sglang:token_usage': ['gauge', load => load.cacheRatio],
    'sglang:prompt_tokens_total': ['counter', load => load.promptTokens],
    'sglang:generation_tokens_total': ['counter', load => load.generatedTokens],
    'sglang:time_to_first_token_seconds_sum': [
      'counter',
      load => load.requests * FIRST_TOKEN_SECONDS,
    ],
    'sglang:time_to_first_token_seconds_count': [
      'counter',
      load => load.requests,
    ],
    'sglang:inter_token_latency_seconds_sum': [
      'counter',
      load => load.generatedTokens * TOKEN_SECONDS,
    ],
    'sglang:inter_token_latency_seconds_count': [
      'counter',
      load => load.generatedTokens,
    ],
  },
  'llama-cpp': {
    'llamacpp:requests_processing': ['gauge', load => load.running],
    'llamacpp:requests_deferred': ['gauge', load => load.waiting],
    'llamacpp:prompt_tokens_total': ['counter', load => load.promptTokens],
    'llamacpp:tokens_predicted_total': [
      'counter',
      load => load.generatedTokens,
    ],
    'llamacpp:tokens_predicted_seconds_total': [
      'counter',
      load => load.generatedTokens * TOKEN_SECONDS,
    ],
  },
};

/** Text of an engine's metrics for a pod that serves a model. */
export function engineMetrics(
  dialect: MetricDialect,
  pod: Pod,
  modelName: string,
  served: ServedRequests,
  now: number,
): string {
  if (dialect === 'vllm') return vllmMetrics(pod, modelName, served, now);
  const load = engineLoad(pod, served, now);
  return exposition(
    Object.entries(DIALECTS[dialect]).map(([name, [type, value]]): Metric => ({
      name,
      help: 'Simulated.',
      type,
      samples: [{ labels: {}, value: String(value(load)) }],
    })),
  );
}
