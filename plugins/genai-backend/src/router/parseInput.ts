import { InputError } from '@backstage/errors';
import type { z } from 'zod';

function unknownKeys(issue: z.core.$ZodIssue): string[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
}

/** Parses a part of a request; the error names every field that is wrong. `place` is `Query`, `Path` or `Body`. */
export function parseInput<T extends z.ZodType>(
  schema: T,
  value: unknown,
  place: string,
): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(issue => {
    const field = [...issue.path, ...unknownKeys(issue)].join('.');
    return `${place}${field ? ` "${field}"` : ''}: ${issue.message}`;
  });
  throw new InputError(faults.join('; '));
}
