/**
 * A seeded source of randomness. The same seed and the same calls give the same values on every machine.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [low, high], both included. */
  integer(low: number, high: number): number;
  /** One element of a list that is not empty. */
  pick<T>(items: readonly T[]): T;
  /** Lower-case hexadecimal digits. */
  hex(length: number): string;
  /** The suffix which the API server gives to generated names: no vowels, no look-alikes. */
  suffix(length?: number): string;
  /** A version 4 UUID. */
  uuid(): string;
  /** An independent stream for one purpose, so that adding calls in one place does not shift another. */
  fork(purpose: string): Random;
}

/** Alphabet of generated names in apimachinery (`util/rand`). */
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * 32-bit FNV-1a hash of a text, as an unsigned integer.
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Turns a number into the safe alphabet of generated names, as Kubernetes does with pod template hashes.
 */
export function safeEncode(value: number): string {
  return [...String(value)]
    .map(
      digit =>
        SUFFIX_ALPHABET[digit.charCodeAt(0) % SUFFIX_ALPHABET.length] ?? 'b',
    )
    .join('');
}

/**
 * A mulberry32 generator: 32 bits of state, good enough to vary a simulation, never for secrets.
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (low: number, high: number) =>
    low + Math.floor(next() * (high - low + 1));
  const characters = (length: number, alphabet: string) => {
    let text = '';
    for (let index = 0; index < length; index++) {
      text += alphabet[integer(0, alphabet.length - 1)];
    }
    return text;
  };
  const hex = (length: number) => characters(length, '0123456789abcdef');
  return {
    next,
    integer,
    hex,
    pick: items => items[integer(0, items.length - 1)],
    suffix: (length = 5) => characters(length, SUFFIX_ALPHABET),
    uuid: () =>
      `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[integer(0, 3)]}${hex(3)}-${hex(12)}`,
    fork: purpose => createRandom((seed ^ hashText(purpose)) >>> 0),
  };
}
