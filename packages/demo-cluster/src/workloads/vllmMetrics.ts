import { Pod } from '../sim/kubeTypes';
import { engineLoad, GENERATED_TOKENS, ServedRequests } from './engineLoad';
import { exposition, Metric, Sample } from './exposition';

interface Histogram {
  name: string;
  help: string;
  /** Upper bounds with the share of observations at or below them. */
  buckets: ReadonlyArray<[bound: string, share: number]>;
  mean: number;
  /** Observations per request. */
  perRequest: number;
}

const LATENCY: Histogram['buckets'] = [
  ['0.01', 0.31],
  ['0.025', 0.82],
  ['0.05', 0.96],
  ['0.1', 0.995],
  ['0.5', 1],
];

const HISTOGRAMS: readonly Histogram[] = [
  {
    name: 'vllm:time_to_first_token_seconds',
    help: 'Histogram of time to first token in seconds.',
    buckets: [
      ['0.05', 0.18],
      ['0.1', 0.46],
      ['0.25', 0.81],
      ['0.5', 0.94],
      ['1.0', 0.985],
      ['2.5', 1],
    ],
    mean: 0.172,
    perRequest: 1,
  },
  {
    name: 'vllm:inter_token_latency_seconds',
    help: 'Histogram of inter-token latency in seconds.',
    buckets: LATENCY,
    mean: 0.0184,
    perRequest: GENERATED_TOKENS - 1,
  },
  {
    // The name up to the releases of 2025; dashboards still ask for it.
    name: 'vllm:time_per_output_token_seconds',
    help: 'Histogram of time per output token in seconds.',
    buckets: LATENCY,
    mean: 0.0184,
    perRequest: GENERATED_TOKENS - 1,
  },
  {
    name: 'vllm:e2e_request_latency_seconds',
    help: 'Histogram of e2e request latency in seconds.',
    buckets: [
      ['1.0', 0.08],
      ['2.5', 0.29],
      ['5.0', 0.71],
      ['10.0', 0.95],
      ['30.0', 1],
    ],
    mean: 4.57,
    perRequest: 1,
  },
  {
    name: 'vllm:request_queue_time_seconds',
    help: 'Histogram of time spent in WAITING phase for request.',
    buckets: [
      ['0.3', 0.97],
      ['0.5', 0.99],
      ['1.0', 1],
    ],
    mean: 0.021,
    perRequest: 1,
  },
];

const histogramLines = (
  histogram: Histogram,
  labels: Record<string, string>,
  requests: number,
): string => {
  const count = Math.round(requests * histogram.perRequest);
  const bucket = (bound: string, value: number) =>
    `${histogram.name}_bucket{engine="${labels.engine}",le="${bound}",model_name="${labels.model_name}"} ${value.toFixed(1)}`;
  const suffix = `{engine="${labels.engine}",model_name="${labels.model_name}"}`;
  return [
    `# HELP ${histogram.name} ${histogram.help}`,
    `# TYPE ${histogram.name} histogram`,
    ...histogram.buckets.map(([bound, share]) =>
      bucket(bound, Math.floor(count * share)),
    ),
    bucket('+Inf', count),
    `${histogram.name}_count${suffix} ${count.toFixed(1)}`,
    `${histogram.name}_sum${suffix} ${(count * histogram.mean).toFixed(6)}`,
    '',
  ].join('\n');
};

/** `/metrics` of vLLM for a pod that serves a model. */
export function vllmMetrics(
  pod: Pod,
  modelName: string,
  served: ServedRequests,
  now: number,
): string {
  const labels = {
    engine: '0',
    model_name: modelName.replace(/[\\"\n]/g, '_'),
  };
  const load = engineLoad(pod, served, now);
  const { requests } = load;
  const one = (value: number): Sample[] => [
    {
      labels,
      value: Number.isInteger(value) ? value.toFixed(1) : String(value),
    },
  ];
  const gauge = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: 'gauge',
    samples: one(value),
  });
  const counter = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: 'counter',
    samples: one(value),
  });
  const text = exposition([
    gauge(
      'vllm:num_requests_running',
      'Number of requests in model execution batches.',
      load.running,
    ),
    gauge(
      'vllm:num_requests_waiting',
      'Number of requests waiting to be processed.',
      load.waiting,
    ),
    gauge(
      'vllm:kv_cache_usage_perc',
      'KV-cache usage. 1 means 100 percent usage.',
      load.cacheRatio,
    ),
    gauge(
      'vllm:gpu_cache_usage_perc',
      'GPU KV-cache usage. 1 means 100 percent usage.',
      load.cacheRatio,
    ),
    counter(
      'vllm:prompt_tokens_total',
      'Number of prefill tokens processed.',
      load.promptTokens,
    ),
    counter(
      'vllm:generation_tokens_total',
      'Number of generation tokens processed.',
      load.generatedTokens,
    ),
    {
      name: 'vllm:request_success_total',
      help: 'Count of successfully processed requests.',
      type: 'counter',
      samples: [
        ['stop', requests - Math.floor(requests / 20)],
        ['length', Math.floor(requests / 20)],
      ].map(([finished_reason, value]) => ({
        labels: { ...labels, finished_reason: String(finished_reason) },
        value: Number(value).toFixed(1),
      })),
    },
    counter(
      'vllm:num_preemptions_total',
      'Cumulative number of preemption from the engine.',
      0,
    ),
    {
      name: 'vllm:cache_config_info',
      help: 'Information of the LLMEngine CacheConfig',
      type: 'gauge',
      samples: [
        {
          labels: {
            block_size: '16',
            cache_dtype: 'auto',
            engine: '0',
            gpu_memory_utilization: '0.9',
          },
          value: '1.0',
        },
      ],
    },
  ]);
  return (
    text +
    HISTOGRAMS.map(histogram =>
      histogramLines(histogram, labels, requests),
    ).join('')
  );
}
