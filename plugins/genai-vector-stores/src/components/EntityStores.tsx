import { useEntity } from '@backstage/plugin-catalog-react';
import {
  genaiVectorStoreReadPermission,
  type VectorStoresResponse,
} from '@promptside/backstage-plugin-genai-common';
import {
  entityQueryOf,
  PageState,
  useGenaiApi,
  useLiveResource,
} from '@promptside/backstage-plugin-genai-react';
import type { ReactNode } from 'react';
import { NotOnAnyCluster } from './NotOnAnyCluster';

interface EntityStoresProps {
  /** Inside a card. */
  dense?: boolean;
  children(stores: VectorStoresResponse): ReactNode;
}

/** Every vector store that names the entity of the page, or why there is none to show. */
export function EntityStores({ dense, children }: EntityStoresProps) {
  const { entity } = useEntity();
  const { entityRef, kubernetesId } = entityQueryOf(entity);
  const api = useGenaiApi();
  const stores = useLiveResource(
    signal =>
      api.getVectorStores({ entityRef, kubernetesId, limit: 20 }, { signal }),
    [api, entityRef, kubernetesId],
    { topics: ['vector-stores'] },
  );
  return (
    <PageState
      resource={stores}
      what="Vector store"
      permission={genaiVectorStoreReadPermission.name}
      needs={['pods', 'statefulsets.apps']}
      dense={dense}
      isEmpty={({ items }) => items.length === 0}
      empty={<NotOnAnyCluster />}
    >
      {children}
    </PageState>
  );
}
