import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef, useRouteRefParams } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import SearchIcon from '@material-ui/icons/Search';
import { StatePanel } from '@promptside/backstage-plugin-genai-react';
import { rootRouteRef, storeRouteRef } from '../routes';
import { StoreDetails } from './StoreDetails';

/** Page of one vector store. */
export function VectorStorePage() {
  const { cluster, namespace, name } = useRouteRefParams(storeRouteRef);
  const all = useRouteRef(rootRouteRef)();
  return (
    <>
      <Typography variant="body2" component="nav" aria-label="Up">
        <Link to={all}>Vector stores</Link>
      </Typography>
      <Typography variant="h3" component="h2" gutterBottom>
        {name}
      </Typography>
      <StoreDetails
        cluster={cluster}
        namespace={namespace}
        name={name}
        missing={
          <StatePanel
            icon={<SearchIcon />}
            title={`No vector store ${name} in ${namespace}`}
            action={
              <LinkButton to={all} variant="contained" color="primary">
                All vector stores
              </LinkButton>
            }
          >
            It may have been deleted or renamed.
          </StatePanel>
        }
      />
    </>
  );
}
