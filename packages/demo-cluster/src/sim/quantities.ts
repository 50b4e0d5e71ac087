const BINARY: Record<string, number> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const DECIMAL: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
};

const PATTERN =
  /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d+))?$/;

/**
 * Value of a Kubernetes quantity in its base unit (cores, bytes, devices); `undefined` when it is none.
 * Rounded to a thousandth, the finest step the scheduler counts in.
 */
export function parseQuantity(text: string | number): number | undefined {
  const match = PATTERN.exec(String(text));
  if (!match) {
    return undefined;
  }
  const [, digits, suffix = '', exponent] = match;
  const factor = exponent
    ? 10 ** Number(exponent)
    : (BINARY[suffix] ?? DECIMAL[suffix]);
  return Math.round(Number(digits) * factor * 1000) / 1000;
}

/** Like {@link parseQuantity}, with 0 for what the validation let through unset: a resource nobody asked for. */
export function quantityOrZero(text: string | number | undefined): number {
  return text === undefined ? 0 : (parseQuantity(text) ?? 0);
}

/** Cores as the API prints them: whole ones plain, others in milli-cores. */
export function formatCores(cores: number): string {
  const milli = Math.round(cores * 1000);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}
