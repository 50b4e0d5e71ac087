import { Pod } from '../sim/kubeTypes';
import { loadOf, workSeconds } from './loadCurve';

/** What a server has answered since it was started, on top of its simulated visitors. */
export interface ServedRequests {
  count: number;
  promptTokens: number;
  generatedTokens: number;
  running: number;
}

/** What an engine knows of its work, in no engine's words. */
export interface EngineLoad {
  /** Finished since the start. */
  requests: number;
  running: number;
  waiting: number;
  /** 0 to 1. */
  cacheRatio: number;
  promptTokens: number;
  generatedTokens: number;
}

/** Simulated traffic per second of full work. */
const REQUESTS_PER_SECOND = 4;
const PROMPT_TOKENS = 620;
const SLOTS = 48;

/** Tokens that a simulated answer has. */
export const GENERATED_TOKENS = 240;

/** Work of a pod's engine: simulated visitors and what it was really asked. */
export function engineLoad(
  pod: Pod,
  served: ServedRequests,
  now: number,
): EngineLoad {
  const { ratio } = loadOf(pod, now);
  const simulated = Math.floor(workSeconds(pod, now) * REQUESTS_PER_SECOND);
  const running = Math.round(ratio * 16) + served.running;
  return {
    requests: simulated + served.count,
    running,
    waiting: Math.max(0, Math.round((ratio - 0.8) * 20)),
    cacheRatio: Math.min(1, running / SLOTS),
    promptTokens: simulated * PROMPT_TOKENS + served.promptTokens,
    generatedTokens: simulated * GENERATED_TOKENS + served.generatedTokens,
  };
}
