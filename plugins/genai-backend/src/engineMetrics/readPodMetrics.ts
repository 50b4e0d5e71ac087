import type { Fault } from '@promptside/backstage-plugin-genai-common';
import {
  readEngineMetrics,
  type EngineReading,
  type KubeTransport,
  type ModelServerTarget,
} from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from '../connections/Clock';
import { requestText } from '../connections/requestText';

/** Engines answer in milliseconds; one that does not must not hold up what else is known of it. */
const TIMEOUT_MS = 2_000;

/** vLLM with dozens of LoRA adapters shows a few hundred KB. */
const MAX_BYTES = 2 * 1024 * 1024;

/** What one pod told, or why it did not. */
export type PodOutcome =
  { ok: true; reading: EngineReading } | { ok: false; fault: Fault };

/** Reads the metrics of one pod through the API server's pod proxy; never throws. */
export async function readPodMetrics(options: {
  transport: KubeTransport;
  cluster: string;
  namespace: string;
  pod: string;
  metrics: NonNullable<ModelServerTarget['metrics']>;
  clock: Clock;
  signal: AbortSignal;
}): Promise<PodOutcome> {
  const { namespace, pod, metrics, clock } = options;
  const outcome = await requestText({
    ...options,
    path: `/api/v1/namespaces/${namespace}/pods/${pod}:${metrics.port}/proxy${metrics.path}`,
    accept: 'text/plain;version=0.0.4,*/*;q=0.1',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
  });
  if (!outcome.ok) return outcome;
  const reading = readEngineMetrics(outcome.text, metrics.names);
  if (Object.keys(reading).length > 0) return { ok: true, reading };
  return {
    ok: false,
    fault: {
      reason: 'InvalidResponse',
      message: `${metrics.path} on port ${metrics.port} holds none of the metrics that are known of this serving runtime`,
      at: isoNow(clock),
    },
  };
}
