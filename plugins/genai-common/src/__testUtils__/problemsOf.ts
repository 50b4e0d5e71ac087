import type { z } from 'zod';

/** What a schema has against a value, each as `path.to.field: message`; empty when it takes the value. */
export function problemsOf(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(': '),
  );
}
