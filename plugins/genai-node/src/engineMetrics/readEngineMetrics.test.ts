import type { ServingRuntime } from '@promptside/backstage-plugin-genai-common';
import { allEngines } from '../servingRuntimes/engines';
import type { EngineReading } from './EngineReading';
import { readEngineMetrics } from './readEngineMetrics';

const read = (runtime: ServingRuntime, lines: string[]) => {
  const { metrics } = allEngines().find(spoke => spoke.runtime === runtime)!;
  return readEngineMetrics(lines.join('\n'), metrics.names);
};

const latency = (name: string, sum: number, count: number) => [
  `${name}_bucket{le="0.1"} 1`,
  `${name}_bucket{le="+Inf"} ${count}`,
  `${name}_sum ${sum}`,
  `${name}_count ${count}`,
];

const totals = (sumMs: number, count: number, boundMs = 100) => ({
  sumMs,
  count,
  buckets: [
    { boundMs, count: 1 },
    { boundMs: Infinity, count },
  ],
});

const CASES: Array<[string, ServingRuntime, string[], EngineReading]> = [
  [
    'vLLM by its names of today',
    'vllm',
    [
      'vllm:num_requests_running{engine="0"} 3.0',
      'vllm:num_requests_waiting{engine="0"} 2.0',
      'vllm:num_requests_waiting_by_reason{reason="capacity"} 2.0',
      'vllm:kv_cache_usage_perc{engine="0"} 0.25',
      'vllm:prompt_tokens_total 100',
      'vllm:generation_tokens_total 50',
      ...latency('vllm:time_to_first_token_seconds', 0.5, 2),
      ...latency('vllm:inter_token_latency_seconds', 0.25, 4),
    ],
    {
      runningRequestCount: 3,
      waitingRequestCount: 2,
      kvCacheUsageRatio: 0.25,
      promptTokenCount: 100,
      generatedTokenCount: 50,
      timeToFirstToken: totals(500, 2),
      interTokenLatency: totals(250, 4),
    },
  ],
  [
    'vLLM by its old names',
    'vllm',
    [
      'vllm:num_requests_running 3.0',
      'vllm:gpu_cache_usage_perc 0.5',
      ...latency('vllm:time_per_output_token_seconds', 0.25, 4),
    ],
    {
      runningRequestCount: 3,
      kvCacheUsageRatio: 0.5,
      interTokenLatency: totals(250, 4),
    },
  ],
  [
    'vLLM that shows both, once',
    'vllm',
    [
      'vllm:gpu_cache_usage_perc 0.5',
      'vllm:kv_cache_usage_perc 0.25',
      ...latency('vllm:time_per_output_token_seconds', 9, 9),
      ...latency('vllm:inter_token_latency_seconds', 0.25, 4),
    ],
    { kvCacheUsageRatio: 0.25, interTokenLatency: totals(250, 4) },
  ],
  [
    'several engines in one process',
    'vllm',
    [
      'vllm:num_requests_running{engine="0"} 3',
      'vllm:num_requests_running{engine="1"} 4',
      'vllm:kv_cache_usage_perc{engine="0"} 0.2',
      'vllm:kv_cache_usage_perc{engine="1"} 0.6',
    ],
    { runningRequestCount: 7, kvCacheUsageRatio: 0.4 },
  ],
  [
    'TGI, which has neither time to first token nor cache use',
    'tgi',
    [
      'tgi_batch_current_size 5',
      'tgi_queue_size 1',
      'tgi_request_input_length_sum 700',
      'tgi_request_generated_tokens_sum 90',
      ...latency('tgi_request_mean_time_per_token_duration', 0.25, 4),
    ],
    {
      runningRequestCount: 5,
      waitingRequestCount: 1,
      promptTokenCount: 700,
      generatedTokenCount: 90,
      interTokenLatency: totals(250, 4),
    },
  ],
  [
    'SGLang',
    'sglang',
    [
      'sglang:num_running_reqs{model_name="x"} 5',
      'sglang:num_queue_reqs{model_name="x"} 0',
      'sglang:token_usage{model_name="x"} 0.75',
      'sglang:gen_throughput{model_name="x"} 81.5',
      'sglang:cache_hit_rate{model_name="x"} 0.9',
      ...latency('sglang:time_to_first_token_seconds', 0.5, 2),
      ...latency('sglang:time_per_output_token_seconds', 0.25, 4),
    ],
    {
      runningRequestCount: 5,
      waitingRequestCount: 0,
      kvCacheUsageRatio: 0.75,
      generatedTokensPerSecond: 81.5,
      timeToFirstToken: totals(500, 2),
      interTokenLatency: totals(250, 4),
    },
  ],
  [
    'Triton with vLLM inside',
    'triton',
    [
      'nv_inference_pending_request_count{model="m"} 9',
      'vllm:num_requests_waiting{model="m",version="1"} 2',
    ],
    { waitingRequestCount: 2 },
  ],
  [
    'Triton with TensorRT-LLM inside',
    'triton',
    [
      'nv_inference_pending_request_count{model="m"} 9',
      'nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type="used"} 77',
      'nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type="fraction"} 0.5',
      'nv_inference_first_response_histogram_ms_bucket{le="100"} 1',
      'nv_inference_first_response_histogram_ms_bucket{le="+Inf"} 2',
      'nv_inference_first_response_histogram_ms_sum 500',
      'nv_inference_first_response_histogram_ms_count 2',
    ],
    {
      waitingRequestCount: 9,
      kvCacheUsageRatio: 0.5,
      timeToFirstToken: totals(500, 2),
    },
  ],
  [
    'llama.cpp',
    'llama-cpp',
    [
      'llamacpp:requests_processing 1',
      'llamacpp:requests_deferred 4',
      'llamacpp:kv_cache_usage_ratio 0.125',
      'llamacpp:prompt_tokens_total 10',
      'llamacpp:tokens_predicted_total 40',
      'llamacpp:tokens_predicted_seconds_total 2',
      'llamacpp:predicted_tokens_seconds 20',
    ],
    {
      runningRequestCount: 1,
      waitingRequestCount: 4,
      kvCacheUsageRatio: 0.125,
      promptTokenCount: 10,
      generatedTokenCount: 40,
      interTokenLatency: { sumMs: 2000, count: 40, buckets: [] },
    },
  ],
  [
    'TEI',
    'tei',
    ['te_queue_size 6', 'te_request_count 9'],
    { waitingRequestCount: 6 },
  ],
  [
    'NIM 1, without a prefix',
    'nim',
    ['num_requests_running 2', 'gpu_cache_usage_perc 0.5'],
    { runningRequestCount: 2, kvCacheUsageRatio: 0.5 },
  ],
  [
    'NIM 2, as vLLM',
    'nim',
    ['vllm:num_requests_running 2'],
    { runningRequestCount: 2 },
  ],
  [
    'KServe, as vLLM',
    'kserve',
    ['vllm:num_requests_running 2'],
    { runningRequestCount: 2 },
  ],
];

describe('readEngineMetrics', () => {
  it.each(CASES)('reads %s', (_, runtime, lines, expected) => {
    expect(read(runtime, lines)).toEqual(expected);
  });

  it('leaves absent what is no number', () => {
    expect(
      read('vllm', [
        'vllm:num_requests_running NaN',
        'vllm:kv_cache_usage_perc +Inf',
        'vllm:time_to_first_token_seconds_sum 1',
      ]),
    ).toEqual({});
  });

  it.each(['', '<html>Sign in</html>', '{"detail":"Not Found"}'])(
    'finds nothing in %j',
    text => {
      expect(read('vllm', [text])).toEqual({});
    },
  );
});
