import type {
  EngineMetrics,
  EnginePodMetrics,
} from '@promptside/backstage-plugin-genai-common';
import {
  deriveEngineValues,
  type EngineReading,
  type EngineReadings,
  type KubeTransport,
  type ModelServerTarget,
} from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from '../connections/Clock';
import {
  limitConcurrency,
  type ConcurrencyLimit,
} from '../connections/limitConcurrency';
import { readPodMetrics } from './readPodMetrics';

/** Pages poll about every ten seconds; several that look at the same server share one reading. */
const CACHE_MS = 5_000;

/** An older reading says nothing of now, so it begins no window. */
const MAX_WINDOW_MS = 600_000;

/** Pods of one server that are asked; what a page shows of more is noise. */
const MAX_PODS = 16;

/** Requests to one cluster at the same time. */
const MAX_REQUESTS = 8;

/** Servers whose last readings are kept, a few KB for each pod. */
const MAX_KEPT = 200;

/** Metrics of one model server; `undefined` where nobody can be asked. Never rejects: faults are data. */
export type EngineMetricsReader = (
  cluster: string,
  target: ModelServerTarget,
) => Promise<EngineMetrics | undefined>;

interface Kept {
  until: number;
  answer: Promise<EngineMetrics>;
  /** Last good reading of each pod, by uid. */
  readings: Map<string, { at: number; reading: EngineReading }>;
}

/** Asks engines for their metrics, and remembers the last reading of each pod for rates and latencies. */
export function createEngineMetricsReader(options: {
  transport: KubeTransport;
  clock: Clock;
  signal: AbortSignal;
}): EngineMetricsReader {
  const { clock } = options;
  // in order of their last use
  const kept = new Map<string, Kept>();
  const limits = new Map<string, ConcurrencyLimit>();

  const limitOf = (cluster: string) => {
    const limit = limits.get(cluster) ?? limitConcurrency(MAX_REQUESTS);
    limits.set(cluster, limit);
    return limit;
  };

  const read = async (
    cluster: string,
    { namespace, readyPods }: ModelServerTarget,
    metrics: NonNullable<ModelServerTarget['metrics']>,
    readings: Kept['readings'],
  ): Promise<EngineMetrics> => {
    const checkedAt = isoNow(clock);
    const asked = readyPods.slice(0, MAX_PODS);
    const engines: EngineReadings[] = [];
    const readPod = async ({
      name: pod,
      uid,
    }: ModelServerTarget['readyPods'][number]): Promise<EnginePodMetrics> => {
      const outcome = await limitOf(cluster)(() =>
        readPodMetrics({ ...options, cluster, namespace, pod, metrics }),
      );
      if (!outcome.ok) return { pod, fault: outcome.fault, values: {} };
      const at = clock.now();
      const engine = pair(readings.get(uid), { at, reading: outcome.reading });
      readings.set(uid, { at, reading: outcome.reading });
      engines.push(engine);
      return { pod, values: deriveEngineValues([engine]) };
    };
    const pods = await Promise.all(asked.map(readPod));
    for (const uid of readings.keys()) {
      if (!asked.some(pod => pod.uid === uid)) readings.delete(uid);
    }
    const windows = engines.flatMap(({ windowMs }) => windowMs ?? []);
    const skipped = readyPods.length - asked.length;
    return {
      checkedAt,
      ...(windows.length > 0 ? { windowMs: Math.max(...windows) } : {}),
      values: deriveEngineValues(engines),
      pods,
      ...(skipped > 0 ? { skippedPodCount: skipped } : {}),
    };
  };

  return async (cluster, target) => {
    const { metrics } = target;
    if (!metrics || target.readyPods.length === 0) return undefined;
    const key = `${cluster}/${target.uid}`;
    const known = kept.get(key);
    kept.delete(key);
    if (known && clock.now() < known.until) {
      kept.set(key, known);
      return known.answer;
    }
    const readings: Kept['readings'] = known?.readings ?? new Map();
    const answer = read(cluster, target, metrics, readings);
    kept.set(key, { until: clock.now() + CACHE_MS, answer, readings });
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT) kept.delete(oldest);
    return answer;
  };
}

function pair(
  before: { at: number; reading: EngineReading } | undefined,
  after: { at: number; reading: EngineReading },
): EngineReadings {
  const windowMs = before ? after.at - before.at : 0;
  return before && windowMs > 0 && windowMs <= MAX_WINDOW_MS
    ? { before: before.reading, after: after.reading, windowMs }
    : { after: after.reading };
}
