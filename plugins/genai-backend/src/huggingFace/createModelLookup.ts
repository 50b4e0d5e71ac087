import { ServiceUnavailableError } from '@backstage/errors';
import type { ModelLookup } from '@promptside/backstage-plugin-genai-common';
import type { Clock } from '../connections/Clock';
import { limitConcurrency } from '../connections/limitConcurrency';
import { withinTime } from '../models/readLimited';
import type { HuggingFaceConfig } from './huggingFaceConfig';
import { HubBusyError, lookupOnHub } from './lookupOnHub';

/** Answers that are kept: about a megabyte. */
const MAX_KEPT = 200;

/** Lookups at the same time; the hub counts requests of one address together. */
const MAX_LOOKUPS = 4;

/** Nobody is to be asked; trying again changes nothing. */
export class LookupsDisabledError extends ServiceUnavailableError {
  constructor() {
    super(
      'Lookups on the Hugging Face hub are switched off by genai.huggingFace.enabled',
    );
  }
}

/** Facts of one model from the hub. Rejects with errors of `@backstage/errors`. */
export type LookupModel = (
  id: string,
  revision?: string,
) => Promise<ModelLookup>;

/**
 * Lookups with a memory: the same id is asked for once at a time and not again for a while, and no id at all while the hub
 * wants to be left alone.
 */
export function createModelLookup(options: {
  config: HuggingFaceConfig;
  fetch: typeof fetch;
  clock: Clock;
  signal: AbortSignal;
}): LookupModel {
  const { config, clock, signal } = options;
  const limit = limitConcurrency(MAX_LOOKUPS);
  // in order of their last use
  const kept = new Map<
    string,
    { until: number; answer: Promise<ModelLookup> }
  >();
  let quietUntil = 0;

  const ask = (id: string, revision?: string) =>
    limit(async () => {
      if (clock.now() < quietUntil) {
        throw new HubBusyError(quietUntil - clock.now());
      }
      try {
        return await withinTime(
          abort => lookupOnHub(id, { ...options, signal: abort, revision }),
          { timeoutMs: config.requestTimeoutMs, clock, signal },
        );
      } catch (error) {
        if (error instanceof HubBusyError) {
          quietUntil = clock.now() + error.retryAfterMs;
        }
        if (error instanceof Error && error.name !== 'Error') throw error;
        throw new ServiceUnavailableError(
          `The Hugging Face hub ${(error as Error).message}`,
        );
      }
    });

  return async (id, revision) => {
    if (!config.enabled) {
      throw new LookupsDisabledError();
    }
    const key = `${id.toLowerCase()}@${revision ?? ''}`;
    const known = kept.get(key);
    kept.delete(key);
    if (known && clock.now() < known.until) {
      kept.set(key, known);
      return known.answer;
    }
    const answer = ask(id, revision);
    const entry = { until: clock.now() + config.cacheMs, answer };
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT) kept.delete(oldest);
    answer.catch(() => {
      if (kept.get(key) === entry) kept.delete(key);
    });
    return answer;
  };
}
