import {
  inferenceEngineSchema,
  MODEL_FITS_LIMIT,
  type Model,
  type ModelFit,
} from '@promptside/backstage-plugin-genai-common';
import { useGenaiApi } from '@promptside/backstage-plugin-genai-react';
import { useMemo } from 'react';
import useAsync from 'react-use/esm/useAsync';
import type { GenaiFormValues } from './formValues';

/**
 * Which models fit the cluster of the form now with its engine, by id; empty before a cluster is chosen, while that is asked, and when it
 * cannot be told: the plan of the form says why.
 */
export function useFits(
  models: readonly Model[],
  { target, engine }: GenaiFormValues,
): ReadonlyMap<string, ModelFit> {
  const api = useGenaiApi();
  const cluster = target?.cluster;
  const known = inferenceEngineSchema.safeParse(engine);
  const ids = models
    .slice(0, MODEL_FITS_LIMIT)
    .map(({ id }) => id)
    .join();
  const { value } = useAsync(
    async () =>
      cluster && ids
        ? api.getModelFits({
            models: ids.split(','),
            cluster,
            ...(known.success ? { engine: known.data } : {}),
          })
        : undefined,
    [api, ids, cluster, engine],
  );
  return useMemo(
    () => new Map(value?.items.map(fit => [fit.model, fit])),
    [value],
  );
}
