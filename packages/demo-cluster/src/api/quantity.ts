const BINARY: Record<string, bigint> = {
  Ki: 1024n,
  Mi: 1024n ** 2n,
  Gi: 1024n ** 3n,
  Ti: 1024n ** 4n,
  Pi: 1024n ** 5n,
  Ei: 1024n ** 6n,
};
const DECIMAL: Record<string, number> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const PATTERN =
  /^([+-]?)(\d*)\.?(\d*)(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d+))?$/;

/** Amounts are counted in billionths, so that no rounding loses a device or a byte. */
const UNIT = 1_000_000_000n;

/** A quantity in billionths of its unit. What cannot be read counts as nothing: decoding has refused it before. */
export function parseAmount(text: unknown): bigint {
  const match = PATTERN.exec(String(text ?? '').trim());
  if (!match || (!match[2] && !match[3])) {
    return 0n;
  }
  const [, sign, whole, fraction, suffix = '', exponent] = match;
  const digits = BigInt(`${whole}${fraction}` || '0');
  const binary = BINARY[suffix];
  let value: bigint;
  if (binary) {
    value = (digits * binary * UNIT) / 10n ** BigInt(fraction.length);
  } else {
    const power = exponent ? Number(exponent) : DECIMAL[suffix];
    const shift = 9 + power - fraction.length;
    value =
      shift >= 0
        ? digits * 10n ** BigInt(shift)
        : digits / 10n ** BigInt(-shift);
  }
  return sign === '-' ? -value : value;
}

/** Whether an amount is a whole number of its unit. */
export function isWhole(amount: bigint): boolean {
  return amount % UNIT === 0n;
}

/** Prints an amount in the style of a sample: binary suffixes for bytes, milli-units for parts. */
export function formatAmount(amount: bigint, style?: string): string {
  if (!isWhole(amount)) {
    return `${amount / 1_000_000n}m`;
  }
  const whole = amount / UNIT;
  if (style && /[KMGTPE]i$/.test(style) && whole !== 0n) {
    for (const [suffix, factor] of Object.entries(BINARY).reverse()) {
      if (whole % factor === 0n) {
        return `${whole / factor}${suffix}`;
      }
    }
  }
  return String(whole);
}
