import { InputError } from '@backstage/errors';

/** A part of a configuration file, and where it stands, so that faults can name the field. */
export interface Section {
  values: Readonly<Record<string, unknown>>;
  /** e.g. `config.text_config` */
  path: string;
}

/** @returns the value as an object, or `undefined` */
export function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** A nested object of the section; `undefined` when it is absent or null. */
export function section(from: Section, name: string): Section | undefined {
  const values = asObject(from.values[name]);
  return values && { values, path: `${from.path}.${name}` };
}

/** More than any model has of anything; beyond it a file is a mistake or a trick. */
const MOST = 1e9;

/**
 * The first of these fields that is there. Families name the same thing differently.
 *
 * @throws InputError when it is there and no count
 */
export function count(
  { values, path }: Section,
  ...names: readonly string[]
): number | undefined {
  for (const name of names) {
    const value = values[name];
    if (value !== undefined && value !== null) {
      if (
        typeof value !== 'number' ||
        !Number.isInteger(value) ||
        value < 0 ||
        value > MOST
      ) {
        throw new InputError(
          `${path}.${name} must be a whole number, but is ${JSON.stringify(value)?.slice(0, 60)}`,
        );
      }
      return value;
    }
  }
  return undefined;
}

/**
 * A count that is needed. `fallback` is the default of the family's configuration class, when it has one.
 *
 * @throws InputError naming the field when it is missing or not positive
 */
export function neededCount(
  from: Section,
  names: readonly string[],
  fallback?: number,
): number {
  const value = count(from, ...names) ?? fallback;
  if (value === undefined) {
    throw new InputError(`${from.path}.${names[0]} is missing`);
  }
  if (value === 0) {
    throw new InputError(`${from.path}.${names[0]} must be more than 0`);
  }
  return value;
}

/** A flag; absent and null are `undefined`. */
export function flag({ values }: Section, name: string): boolean | undefined {
  const value = values[name];
  return typeof value === 'boolean' ? value : undefined;
}

/** A word; absent and null are `undefined`. */
export function word({ values }: Section, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** A list of words or numbers; absent and null are `undefined`. */
export function list(
  { values }: Section,
  name: string,
): readonly unknown[] | undefined {
  const value = values[name];
  return Array.isArray(value) ? value : undefined;
}
