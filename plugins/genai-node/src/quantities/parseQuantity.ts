const SUFFIXES: Readonly<Record<string, number>> = {
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
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY =
  /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/;

/**
 * Value of a Kubernetes quantity in its base unit (bytes, cores, pieces): `40Gi` is 42949672960, `500m` is 0.5.
 * `undefined` for anything that is not a quantity, never 0.
 *
 * @public
 */
export function parseQuantity(quantity: unknown): number | undefined {
  if (typeof quantity === 'number') {
    return Number.isFinite(quantity) ? quantity : undefined;
  }
  if (typeof quantity !== 'string') return undefined;
  const match = QUANTITY.exec(quantity.trim());
  if (!match) return undefined;
  const [, digits, exponent, suffix = ''] = match;
  // Written as one literal where possible: 0.1e3 is exact where 0.1 * 1000 need not be.
  return exponent === undefined
    ? Number(digits) * SUFFIXES[suffix]
    : Number(`${digits}e${exponent}`);
}

/**
 * Number of devices in a quantity of an extended resource, which the API server only accepts as whole numbers of at least 0.
 * `undefined` for anything else.
 *
 * @public
 */
export function parseDeviceCount(quantity: unknown): number | undefined {
  const value = parseQuantity(quantity);
  return value !== undefined && Number.isSafeInteger(value) && value >= 0
    ? value
    : undefined;
}
