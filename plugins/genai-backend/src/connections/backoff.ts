/** Source of randomness in [0, 1), injected so that tests see the same delays every time. */
export type Random = () => number;

/** Delays between tries: doubling from `minMs` to `maxMs`, half of each delay by chance. */
export interface Backoff {
  /** Next delay in milliseconds, never below `minMs` and never above `maxMs`. */
  nextMs(): number;
  /** Back to the shortest delay, after a success. */
  reset(): void;
}

/**
 * The random half keeps many watches that broke at the same moment (an API server restart) from returning at the same
 * moment.
 */
export function createBackoff(options: {
  minMs: number;
  maxMs: number;
  random: Random;
}): Backoff {
  const { minMs, maxMs, random } = options;
  let attempt = 0;
  return {
    nextMs() {
      const ceiling = Math.min(maxMs, minMs * 2 ** attempt);
      // 2 ** attempt stays finite for ever when the exponent stops growing at the ceiling
      if (ceiling < maxMs) attempt += 1;
      return Math.max(minMs, Math.round(ceiling * (0.5 + random() / 2)));
    },
    reset() {
      attempt = 0;
    },
  };
}
