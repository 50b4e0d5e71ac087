import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { genaiVectorStoreReadPermission } from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  entityQueryOf,
  PageState,
  useGenaiApi,
  useLiveResource,
} from '@promptside/backstage-plugin-genai-react';
import { NotOnAnyCluster } from './NotOnAnyCluster';
import { StoreDetails } from './StoreDetails';

/** Tab "Vector store" of a Resource: every store that names it, with checks, storage and collections. */
export function EntityVectorStoreContent() {
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
      isEmpty={({ items }) => items.length === 0}
      empty={<NotOnAnyCluster />}
    >
      {({ items, clusters }) => (
        <>
          {items.map(({ uid, cluster, namespace, name }) => (
            <section key={uid} aria-label={name}>
              {items.length > 1 && (
                <Typography variant="h5" component="h3" gutterBottom>
                  {name}, {clusterTitle(clusters, cluster)}, {namespace}
                </Typography>
              )}
              <StoreDetails
                cluster={cluster}
                namespace={namespace}
                name={name}
              />
            </section>
          ))}
        </>
      )}
    </PageState>
  );
}
