import type { EngineMetrics } from '../EngineSpoke';
import { tritonPorts } from './ports';

/** The front end shows Triton's metrics, vLLM's among them, on its own port (routers/observability.py at e1db8a6). */
export const tritonMetrics: EngineMetrics = {
  portName: tritonPorts.httpName,
  port: tritonPorts.http,
  path: '/metrics',
  queueMetric: 'nv_inference_pending_request_count',
};
