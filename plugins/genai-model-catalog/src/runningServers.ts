import type {
  Model,
  ModelServer,
  ModelServersResponse,
} from '@promptside/backstage-plugin-genai-common';
import { coverageOf } from '@promptside/backstage-plugin-genai-react';

/** Resources without which nobody knows what runs. */
export const SERVER_NEEDS = ['pods', 'deployments.apps'] as const;

/** Whether a server holds this model or a quantized edition of it; ids of the hub do not differ by case alone. */
export function serves(
  { model: served }: ModelServer,
  model: Pick<Model, 'id' | 'variants'>,
): boolean {
  const id = served?.id?.toLowerCase();
  if (id === undefined) return false;
  return (
    id === model.id.toLowerCase() ||
    model.variants.some(({ repository }) => repository?.toLowerCase() === id)
  );
}

/**
 * Number of servers with this model that are not scaled to zero. Absent when none was seen but not all could be read:
 * that is not zero.
 */
export function countRunning(
  model: Pick<Model, 'id' | 'variants'>,
  answer: ModelServersResponse | undefined,
): number | undefined {
  if (!answer) return undefined;
  const { items, totalCount, clusters } = answer;
  const count = items.filter(
    server => server.state !== 'Stopped' && serves(server, model),
  ).length;
  const seesAll =
    totalCount <= items.length && coverageOf(clusters, SERVER_NEEDS) === 'Full';
  return count > 0 || seesAll ? count : undefined;
}
