import { Table } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import type {
  ClusterStatus,
  GpuGroup,
  GpuOwnerUsage,
} from '@promptside/backstage-plugin-genai-common';
import {
  BreakableText,
  clusterTitle,
  CountBar,
  entityName,
  fitColumns,
  formatBytes,
  formatCount,
  formatDevice,
  formatQuantity,
  SHARING_NAMES,
  VENDOR_NAMES,
  noMatch,
  numericColumn,
  tableOptions,
} from '@promptside/backstage-plugin-genai-react';
import { useMemo } from 'react';

interface Row extends GpuGroup {
  id: string;
  clusterTitle: string;
  device: string;
  heldByTeam: number;
}

interface GpuProductTableProps {
  groups: readonly GpuGroup[];
  owners: readonly GpuOwnerUsage[];
  clusters: readonly ClusterStatus[];
  team: string | undefined;
}

/** What each kind of device offers: one row per product, sharing and cluster. */
export function GpuProductTable(props: GpuProductTableProps) {
  const { groups, owners, clusters, team } = props;
  const rows = useMemo(
    () =>
      groups.map<Row>(group => ({
        ...group,
        id: keyOf(group) + (group.profile ?? ''),
        clusterTitle: clusterTitle(clusters, group.cluster),
        device: formatDevice(group),
        heldByTeam: owners
          .filter(
            owner => owner.owner === team && keyOf(owner) === keyOf(group),
          )
          .reduce((sum, { allocated }) => sum + allocated, 0),
      })),
    [groups, owners, clusters, team],
  );
  const columns = useMemo(
    () =>
      fitColumns<Row>([
        {
          title: 'Product',
          field: 'device',
          highlight: true,
          defaultSort: 'asc',
          render: row => (
            <>
              <BreakableText text={row.device} />
              <Typography variant="body2" color="textSecondary">
                {VENDOR_NAMES[row.vendor]} · {SHARING_NAMES[row.sharing]} ·{' '}
                {formatBytes(row.memoryBytes) ?? 'memory unknown'} ·{' '}
                {formatQuantity(row.nodeCount, 'node')}
              </Typography>
            </>
          ),
        },
        {
          title: 'Cluster',
          field: 'clusterTitle',
          hidden: clusters.length < 2,
        },
        {
          title: 'Use',
          sorting: false,
          width: '16%',
          render: row => <CountBar counts={row.counts} what={row.device} />,
        },
        {
          title: 'Allocated',
          field: 'counts.allocated',
          ...numericColumn,
          render: row =>
            `${formatCount(row.counts.allocated)} of ${formatCount(row.counts.capacity)}`,
        },
        ...(team
          ? [
              {
                title: `Held by ${entityName(team)}`,
                field: 'heldByTeam',
                ...numericColumn,
              },
            ]
          : []),
        {
          title: 'Free',
          field: 'counts.free',
          ...numericColumn,
          render: row =>
            row.schedulableFree < row.counts.free ? (
              <>
                {formatCount(row.counts.free)}
                <Typography variant="body2" color="textSecondary" noWrap>
                  {formatCount(row.schedulableFree)} usable
                </Typography>
              </>
            ) : (
              formatCount(row.counts.free)
            ),
        },
        { title: 'Unhealthy', field: 'counts.unhealthy', ...numericColumn },
        {
          title: 'Largest free block',
          field: 'largestFree',
          ...numericColumn,
          tooltip:
            'Most free devices on one node: the largest pod that fits now',
        },
      ]),
    [clusters.length, team],
  );
  return (
    <Table<Row>
      title="By product"
      columns={columns}
      data={rows}
      options={tableOptions(rows.length)}
      emptyContent={noMatch}
    />
  );
}

/** Devices of a group and of its holders meet on this. */
function keyOf(row: GpuGroup | GpuOwnerUsage): string {
  return [
    row.cluster,
    row.vendor,
    row.resource,
    row.sharing,
    row.product ?? '',
  ].join('|');
}
