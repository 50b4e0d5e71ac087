import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { GpuPrices } from '@promptside/backstage-plugin-genai-node';
import { z } from 'zod';

const schema = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR'),
  perHour: z.record(z.string(), z.number().positive()),
});

/**
 * Prices of GPUs under `genai.prices`; `undefined` when there are none. Read as a whole: names such as `nvidia.com/gpu` are no
 * paths of keys.
 *
 * @throws InputError that names the key
 */
export function readGpuPrices(root: Config): GpuPrices | undefined {
  const value = root.getOptional('genai.prices');
  if (value === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  throw new InputError(
    `${['genai.prices', ...path.map(String)].join('.')}: ${message}`,
  );
}
