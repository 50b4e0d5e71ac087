import {
  firstThen,
  msHistogram,
  type EngineMetricNames,
} from '../../engineMetrics/EngineMetricNames';
import type { EngineMetrics } from '../EngineSpoke';
import { vllmMetricNames } from '../vllm/metricNames';
import { tritonPorts } from './ports';

/** Triton's own and TensorRT-LLM's. The histogram is off unless `--metrics-config histogram_latencies=true`. */
const TRITON_NAMES: EngineMetricNames = {
  waitingRequests: ['nv_inference_pending_request_count'],
  kvCacheUsage: [
    {
      name: 'nv_trt_llm_kv_cache_block_metrics',
      label: 'kv_cache_block_type',
      value: 'fraction',
    },
  ],
  timeToFirstToken: [msHistogram('nv_inference_first_response_histogram_ms')],
};

/** The front end shows Triton's metrics, vLLM's among them, on its own port (routers/observability.py at e1db8a6). */
export const tritonMetrics: EngineMetrics = {
  portName: tritonPorts.httpName,
  port: tritonPorts.http,
  path: '/metrics',
  nativePort: 8002,
  names: firstThen(vllmMetricNames, TRITON_NAMES),
  queueMetric: 'nv_inference_pending_request_count',
};
