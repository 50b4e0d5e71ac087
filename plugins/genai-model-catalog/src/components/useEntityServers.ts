import { useEntity } from '@backstage/plugin-catalog-react';
import type { ModelServersResponse } from '@promptside/backstage-plugin-genai-common';
import {
  entityQueryOf,
  useGenaiApi,
  useLiveResource,
  type LiveResource,
} from '@promptside/backstage-plugin-genai-react';

/** A component with more is none that a person looks after. */
const LIMIT = 20;

/** Model servers of the entity on whose page this is, kept fresh. */
export function useEntityServers(): LiveResource<ModelServersResponse> {
  const { entity } = useEntity();
  const { entityRef, kubernetesId } = entityQueryOf(entity);
  const api = useGenaiApi();
  return useLiveResource(
    signal =>
      api.getModelServers(
        { entityRef, kubernetesId, limit: LIMIT },
        { signal },
      ),
    [api, entityRef, kubernetesId],
    { topics: ['model-servers'] },
  );
}
