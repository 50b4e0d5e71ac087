import { stringifyEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import {
  genaiGpuReadPermission,
  type GpuOverview,
} from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  formatCount,
  formatProduct,
  PageState,
  SHARING_NAMES,
  StatePanel,
  useGenaiApi,
  useLiveResource,
  VENDOR_NAMES,
} from '@promptside/backstage-plugin-genai-react';
import { makeStyles } from '@material-ui/core/styles';
import { rootRouteRef } from '../routes';

const useStyles = makeStyles({
  // The theme lets words of cells break anywhere, and the card is narrow.
  count: { whiteSpace: 'nowrap', width: '1%' },
});

/** Card "GPUs" of a Group: what its workloads hold. */
export function GroupGpuCard() {
  const { entity } = useEntity();
  const owner = stringifyEntityRef(entity);
  const api = useGenaiApi();
  const page = useRouteRef(rootRouteRef);
  const overview = useLiveResource(
    signal => api.getGpuOverview({ owner }, { signal }),
    [api, owner],
    { topics: ['gpus'] },
  );
  return (
    <EntityInfoCard
      title="GPUs"
      footerActions={
        <LinkButton
          to={`${page()}?view=allocations&team=${encodeURIComponent(owner)}`}
          color="primary"
        >
          Open GPU usage
        </LinkButton>
      }
    >
      <PageState
        resource={overview}
        what="GPUs of this team"
        permission={genaiGpuReadPermission.name}
        needs={['pods']}
        dense
        isEmpty={({ owners }) => owners.every(row => row.owner !== owner)}
        empty={
          <StatePanel dense title="No GPUs in use">
            No workload of this team holds a GPU. Workloads belong to the team
            that <code>promptside.io/owner</code> names, on them or on their
            namespace.
          </StatePanel>
        }
      >
        {value => <TeamDevices overview={value} owner={owner} />}
      </PageState>
    </EntityInfoCard>
  );
}

function TeamDevices({
  overview,
  owner,
}: {
  overview: GpuOverview;
  owner: string;
}) {
  const { clusters } = overview;
  const classes = useStyles();
  const several = clusters.length > 1;
  return (
    <Table size="small" aria-label="GPUs by product">
      <TableHead>
        <TableRow>
          <TableCell>Product</TableCell>
          {several && <TableCell>Cluster</TableCell>}
          <TableCell align="right" className={classes.count}>
            Held
          </TableCell>
          <TableCell align="right" className={classes.count}>
            Pods
          </TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {overview.owners
          .filter(row => row.owner === owner)
          .map(row => (
            <TableRow
              key={[row.cluster, row.resource, row.product, row.sharing].join()}
            >
              <TableCell>
                {VENDOR_NAMES[row.vendor]} {formatProduct(row)} ·{' '}
                {SHARING_NAMES[row.sharing]}
              </TableCell>
              {several && (
                <TableCell>{clusterTitle(clusters, row.cluster)}</TableCell>
              )}
              <TableCell align="right">{formatCount(row.allocated)}</TableCell>
              <TableCell align="right">{formatCount(row.podCount)}</TableCell>
            </TableRow>
          ))}
      </TableBody>
    </Table>
  );
}
