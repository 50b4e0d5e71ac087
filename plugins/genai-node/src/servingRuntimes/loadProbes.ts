import type { EngineProbes } from './EngineSpoke';

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

/**
 * The three probes of a server that loads weights before it serves.
 *
 * @param port - name of the port
 * @param paths - `ready`: answers 200 only when the model can be asked; `alive`: when the process is no wreck
 */
export function loadProbes(
  weightsBytes: number,
  port: string,
  paths: { ready: string; alive: string },
): EngineProbes {
  return {
    startupProbe: {
      httpGet: { path: paths.ready, port },
      periodSeconds: STARTUP_PERIOD_SECONDS,
      timeoutSeconds: 5,
      failureThreshold: startupSeconds(weightsBytes) / STARTUP_PERIOD_SECONDS,
    },
    readinessProbe: {
      httpGet: { path: paths.ready, port },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
    // A busy engine answers late; only one that is silent for a minute is restarted, for a restart costs minutes.
    livenessProbe: {
      httpGet: { path: paths.alive, port },
      periodSeconds: 10,
      timeoutSeconds: 10,
      failureThreshold: 6,
    },
  };
}
