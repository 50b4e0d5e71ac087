import { z } from 'zod';

/**
 * Channel of the hint that live state changed. It carries no data: a page that hears it asks again, with its own rights.
 *
 * @public
 */
export const GENAI_SIGNAL_CHANNEL = 'genai:state';

/** @public */
export const genaiSignalSchema = z.object({
  cluster: z.string(),
  version: z.number().int(),
  /** What changed, so that a page can ignore what it does not show. */
  topics: z.array(
    z.enum(['gpus', 'model-servers', 'vector-stores', 'clusters']),
  ),
});

/** @public */
export type GenaiSignal = z.infer<typeof genaiSignalSchema>;
