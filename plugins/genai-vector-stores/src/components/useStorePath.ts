import { useRouteRef } from '@backstage/core-plugin-api';
import type { VectorStore } from '@promptside/backstage-plugin-genai-common';
import { useCallback } from 'react';
import { storeRouteRef } from '../routes';

/** Path of the page of a vector store; cluster names may hold slashes. */
export function useStorePath(): (
  store: Pick<VectorStore, 'cluster' | 'namespace' | 'name'>,
) => string {
  const route = useRouteRef(storeRouteRef);
  return useCallback(
    ({ cluster, namespace, name }) =>
      route({ cluster: encodeURIComponent(cluster), namespace, name }),
    [route],
  );
}
