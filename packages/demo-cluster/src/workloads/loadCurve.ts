import { hashText } from '../seed/random';
import { LOAD_ANNOTATION } from '../seed/modelServer';
import { findCondition } from '../sim/conditions';
import { Pod } from '../sim/kubeTypes';

/** How hard a pod's servers work at a time. */
export interface Load {
  /** Share of the GPUs' time in use, 0 to 1. */
  ratio: number;
  /** Share of their memory held, 0 to 1. */
  memoryRatio: number;
}

/** Length of the wave in ms: a busy and a quiet time within a working day's quarter. */
const PERIOD_MS = 2 * 3_600_000;
/** Values hold for this long, as exporters collect only so often. */
const STEP_MS = 15_000;

interface Wave {
  base: number;
  swing: number;
  phase: number;
  memoryRatio: number;
}

const unit = (text: string) => hashText(text) / 0xffffffff;

const waveOf = (uid: string): Wave => ({
  base: 0.35 + 0.25 * unit(`${uid}/base`),
  swing: 0.15 + 0.15 * unit(`${uid}/swing`),
  phase: 2 * Math.PI * unit(`${uid}/phase`),
  memoryRatio: 0.86 + 0.06 * unit(`${uid}/memory`),
});

/** Whether a pod is marked as one that holds GPUs and does nothing. */
export function isIdle(pod: Pod): boolean {
  return pod.metadata.annotations?.[LOAD_ANNOTATION] === 'idle';
}

/** When the pod began to serve, in milliseconds since the epoch; `undefined` while it does not. */
export function servingSince(pod: Pod): number | undefined {
  const ready = findCondition(pod.status?.conditions, 'Ready');
  return ready?.status === 'True'
    ? Date.parse(ready.lastTransitionTime ?? '')
    : undefined;
}

/**
 * The load of a pod's GPUs: a slow wave of its own with some noise while it serves, memory only while it loads or idles.
 */
export function loadOf(pod: Pod, now: number): Load {
  const isRunning = pod.status?.containerStatuses?.some(
    ({ state }) => state.running,
  );
  if (!isRunning) {
    return { ratio: 0, memoryRatio: 0 };
  }
  const uid = pod.metadata.uid ?? '';
  const wave = waveOf(uid);
  if (servingSince(pod) === undefined) {
    // Weights arrive; kernels hardly run.
    return { ratio: 0.02, memoryRatio: 0.3 };
  }
  if (isIdle(pod)) {
    return { ratio: 0, memoryRatio: wave.memoryRatio };
  }
  const step = Math.floor(now / STEP_MS);
  const noise = 0.16 * (unit(`${uid}/${step}`) - 0.5);
  const ratio =
    wave.base +
    wave.swing * Math.sin((2 * Math.PI * now) / PERIOD_MS + wave.phase) +
    noise;
  return {
    ratio: Math.min(0.99, Math.max(0.03, ratio)),
    memoryRatio: wave.memoryRatio,
  };
}

/**
 * Seconds of full work that a pod did since it began to serve: what counters are made of. It never falls.
 */
export function workSeconds(pod: Pod, now: number): number {
  const since = servingSince(pod);
  if (since === undefined || isIdle(pod)) {
    return 0;
  }
  const wave = waveOf(pod.metadata.uid ?? '');
  const omega = (2 * Math.PI) / PERIOD_MS;
  const integral = (at: number) =>
    wave.base * at - (wave.swing / omega) * Math.cos(omega * at + wave.phase);
  return Math.max(0, (integral(now) - integral(since)) / 1000);
}
