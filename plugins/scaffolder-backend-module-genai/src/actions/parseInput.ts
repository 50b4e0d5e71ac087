import { InputError } from '@backstage/errors';

/** The part of a zod schema that is needed here, whichever zod made it. */
interface Schema<T> {
  safeParse(value: unknown):
    | { success: true; data: T }
    | {
        success: false;
        error: { issues: { path: PropertyKey[]; message: string }[] };
      };
}

/**
 * Parses an action's input by the wire contract, after dropping what the template left empty.
 *
 * @throws InputError that names each wrong field.
 */
export function parseInput<T>(
  schema: Schema<T>,
  input: Record<string, unknown>,
): T {
  const given = Object.fromEntries(
    Object.entries(input).filter(
      ([, value]) => value !== undefined && value !== null && value !== '',
    ),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new InputError(
    result.error.issues
      .map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
      .join('; '),
  );
}
