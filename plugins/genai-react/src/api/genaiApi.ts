import {
  discoveryApiRef,
  fetchApiRef,
  useApi,
  useApiHolder,
} from '@backstage/core-plugin-api';
import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  GenaiClient,
  type GenaiApi,
} from '@promptside/backstage-plugin-genai-common';
import { useMemo } from 'react';

/**
 * Slot for another implementation of {@link GenaiApi} than the plain REST client.
 *
 * No plugin of ours provides it: three page plugins and the form fields share it, and an API that two plugins provide is
 * a conflict (`API_FACTORY_CONFLICT`). It belongs to the app, so an adopter overrides it from an app module, and without
 * that {@link useGenaiApi} makes the client itself.
 *
 * @public
 */
export const genaiApiRef = createApiRef<GenaiApi>().with({
  id: 'plugin.genai.client',
  pluginId: 'app',
});

/**
 * The REST API of genai-backend: what the app provides for {@link genaiApiRef}, else a client over the app's discovery
 * and fetch, which carries the user's own token.
 *
 * @public
 */
export function useGenaiApi(): GenaiApi {
  const provided = useApiHolder().get(genaiApiRef);
  const discovery = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  return useMemo(
    () =>
      provided ??
      new GenaiClient({
        discovery,
        // Called through a closure: the browser's own fetch refuses any other `this` than the window.
        fetchApi: { fetch: (input, init) => fetchApi.fetch(input, init) },
      }),
    [provided, discovery, fetchApi],
  );
}
