import type { ModelServersResponse } from '@promptside/backstage-plugin-genai-common';
import {
  useGenaiApi,
  useLiveResource,
  type LiveResource,
} from '@promptside/backstage-plugin-genai-react';

/** As many as the backend gives at once; more than a person reads. */
const LIMIT = 500;

/** Everything that serves a model, kept fresh. */
export function useModelServers(): LiveResource<ModelServersResponse> {
  const api = useGenaiApi();
  return useLiveResource(
    signal => api.getModelServers({ limit: LIMIT }, { signal }),
    [api],
    { topics: ['model-servers', 'clusters'] },
  );
}
