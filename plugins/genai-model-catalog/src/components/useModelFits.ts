import {
  MODEL_FITS_LIMIT,
  type AcceleratorVendor,
  type Model,
  type ModelFit,
  type ModelFits,
} from '@promptside/backstage-plugin-genai-common';
import {
  useGenaiApi,
  useLiveResource,
  type LiveResource,
} from '@promptside/backstage-plugin-genai-react';
import { useMemo } from 'react';

/** Each pod that starts or ends changes what is free: asking at every hint would plan all models twice a second. */
const POLL_MS = 15_000;

/**
 * Which of the models fit what is free now, in one request, kept fresh. Of a list longer than the backend takes the rest
 * stays without a verdict.
 *
 * @param vendor - only GPUs of this vendor
 */
export function useModelFits(
  models: readonly Model[],
  vendor: AcceleratorVendor | undefined,
): { fits: LiveResource<ModelFits>; fitOf: ReadonlyMap<string, ModelFit> } {
  const api = useGenaiApi();
  const ids = models
    .slice(0, MODEL_FITS_LIMIT)
    .map(({ id }) => id)
    .join();
  const fits = useLiveResource(
    signal => api.getModelFits({ models: ids.split(','), vendor }, { signal }),
    [api, ids, vendor],
    { topics: [], pollMs: POLL_MS },
  );
  const items = fits.value?.items;
  const fitOf = useMemo(
    () => new Map(items?.map(fit => [fit.model, fit])),
    [items],
  );
  return { fits, fitOf };
}
