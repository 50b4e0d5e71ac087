import Typography from '@material-ui/core/Typography';
import { clusterTitle } from '@promptside/backstage-plugin-genai-react';
import { EntityStores } from './EntityStores';
import { StoreDetails } from './StoreDetails';

/** Tab "Vector store" of a Resource: every store that names it, with checks, storage and collections. */
export function EntityVectorStoreContent() {
  return (
    <EntityStores>
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
    </EntityStores>
  );
}
