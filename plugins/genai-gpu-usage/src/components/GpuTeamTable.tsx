import { Table, type TableColumn } from '@backstage/core-components';
import type {
  ClusterStatus,
  GpuOwnerUsage,
} from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  EntityLink,
  fitColumns,
  formatProduct,
  SHARING_NAMES,
  noMatch,
  numericColumn,
  tableOptions,
} from '@promptside/backstage-plugin-genai-react';
import { useMemo } from 'react';

interface Row extends GpuOwnerUsage {
  id: string;
  clusterTitle: string;
  device: string;
  /** Sorts those without owner last. */
  ownerKey: string;
}

interface GpuTeamTableProps {
  owners: readonly GpuOwnerUsage[];
  clusters: readonly ClusterStatus[];
}

const columnsOf = (clusterCount: number): TableColumn<Row>[] => [
  {
    title: 'Team',
    field: 'ownerKey',
    highlight: true,
    defaultSort: 'asc',
    render: row =>
      row.owner ? <EntityLink entityRef={row.owner} /> : 'No owner named',
  },
  { title: 'Product', field: 'device' },
  {
    title: 'Handed out as',
    field: 'sharing',
    render: row => SHARING_NAMES[row.sharing],
  },
  { title: 'Cluster', field: 'clusterTitle', hidden: clusterCount < 2 },
  { title: 'Allocated', field: 'allocated', ...numericColumn },
  { title: 'Pods', field: 'podCount', ...numericColumn },
  {
    title: 'Namespaces',
    field: 'namespaces',
    sorting: false,
    render: row => row.namespaces.join(', '),
  },
];

/** Who holds devices, by owner of the workload. */
export function GpuTeamTable({ owners, clusters }: GpuTeamTableProps) {
  const rows = useMemo(
    () =>
      owners.map<Row>(owner => ({
        ...owner,
        id: [
          owner.cluster,
          owner.owner,
          owner.resource,
          owner.sharing,
          owner.product,
        ].join(),
        clusterTitle: clusterTitle(clusters, owner.cluster),
        device: formatProduct(owner),
        ownerKey: owner.owner ?? '\uffff',
      })),
    [owners, clusters],
  );
  const columns = useMemo(
    () => fitColumns(columnsOf(clusters.length)),
    [clusters.length],
  );
  return (
    <Table<Row>
      title="By team"
      subtitle="The owner stands on the workload or its namespace (promptside.io/owner)"
      columns={columns}
      data={rows}
      options={tableOptions(rows.length)}
      emptyContent={noMatch}
    />
  );
}
