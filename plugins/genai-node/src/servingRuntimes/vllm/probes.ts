import type { V1Probe } from '@kubernetes/client-node';
import { API_BASE_PATH, HTTP_PORT_NAME } from './ports';

/** The models route answers only when the model is loaded; `/health` already when the process is alive. */
const MODELS_PATH = `${API_BASE_PATH}/models`;

/** A slow link from the hub, or a slow shared disk. */
const LOAD_BYTES_PER_SECOND = 100e6;

/** Start of the engine, compilation and CUDA graphs, whatever the size. */
const START_SECONDS = 300;

const STARTUP_PERIOD_SECONDS = 10;

/**
 * How long a start may take before it counts as failed: half as much again as a slow download and load of the weights take.
 */
export function startupSeconds(weightsBytes: number): number {
  const expected = START_SECONDS + weightsBytes / LOAD_BYTES_PER_SECOND;
  return (
    Math.ceil((expected * 1.5) / STARTUP_PERIOD_SECONDS) *
    STARTUP_PERIOD_SECONDS
  );
}

/** The three probes of a vLLM container. */
export function vllmProbes(weightsBytes: number): {
  startupProbe: V1Probe;
  readinessProbe: V1Probe;
  livenessProbe: V1Probe;
} {
  return {
    startupProbe: {
      httpGet: { path: MODELS_PATH, port: HTTP_PORT_NAME },
      periodSeconds: STARTUP_PERIOD_SECONDS,
      timeoutSeconds: 5,
      failureThreshold: startupSeconds(weightsBytes) / STARTUP_PERIOD_SECONDS,
    },
    readinessProbe: {
      httpGet: { path: MODELS_PATH, port: HTTP_PORT_NAME },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
    // A busy engine answers late; only one that is silent for a minute is restarted, for a restart costs minutes.
    livenessProbe: {
      httpGet: { path: '/health', port: HTTP_PORT_NAME },
      periodSeconds: 10,
      timeoutSeconds: 10,
      failureThreshold: 6,
    },
  };
}
