import { Table, type TableColumn } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import {
  genaiGpuReadPermission,
  type ClusterStatus,
  type GpuAllocation,
  type GpuAllocationsResponse,
} from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  EntityLink,
  formatAge,
  formatCount,
  formatDevice,
  matchesSearch,
  PageState,
  StateChip,
  useGenaiApi,
  useLiveResource,
  noMatch,
  numericColumn,
  tableOptions,
} from '@promptside/backstage-plugin-genai-react';
import { useMemo } from 'react';
import type { GpuFilters } from '../filters';
import { podState } from '../summary/podState';

/** As many as the backend gives at once; more than a person reads. */
const LIMIT = 500;

interface Row extends GpuAllocation {
  id: string;
  clusterTitle: string;
  device: string;
}

const columnsOf = (clusterCount: number): TableColumn<Row>[] => [
  {
    title: 'Pod',
    field: 'pod',
    highlight: true,
    render: row => (
      <>
        {row.pod}
        <Typography variant="body2" color="textSecondary">
          {row.namespace}
        </Typography>
      </>
    ),
  },
  {
    title: 'State',
    field: 'phase',
    render: row => (
      <StateChip state={podState(row)} hint={row.message ?? row.reason} />
    ),
  },
  { title: 'GPUs', field: 'count', ...numericColumn },
  { title: 'Product', field: 'device' },
  { title: 'Cluster', field: 'clusterTitle', hidden: clusterCount < 2 },
  {
    title: 'Node',
    field: 'node',
    render: row => row.node ?? 'Waits for a node',
  },
  {
    title: 'Workload',
    field: 'workload.name',
    render: row => `${row.workload.kind} ${row.workload.name}`,
  },
  {
    title: 'Entity',
    field: 'entityRef',
    render: row => row.entityRef && <EntityLink entityRef={row.entityRef} />,
  },
  {
    title: 'Team',
    field: 'owner',
    render: row => row.owner && <EntityLink entityRef={row.owner} />,
  },
  { title: 'Model', field: 'model' },
  {
    title: 'For',
    field: 'since',
    render: row => formatAge(row.since),
  },
];

interface GpuAllocationTableProps {
  filters: GpuFilters;
  clusters: readonly ClusterStatus[];
}

/** Every pod that holds or waits for devices. */
export function GpuAllocationTable(props: GpuAllocationTableProps) {
  const { filters } = props;
  const { cluster, team: owner } = filters;
  const api = useGenaiApi();
  const allocations = useLiveResource(
    signal =>
      api.getGpuAllocations({ cluster, owner, limit: LIMIT }, { signal }),
    [api, cluster, owner],
    { topics: ['gpus'], keepPrevious: true },
  );
  return (
    <PageState
      resource={allocations}
      what="GPU allocations"
      permission={genaiGpuReadPermission.name}
      dense
      isEmpty={() => false}
      empty={null}
    >
      {value => <Allocations {...props} answer={value} />}
    </PageState>
  );
}

function Allocations(
  props: GpuAllocationTableProps & { answer: GpuAllocationsResponse },
) {
  const { filters, clusters, answer } = props;
  const { vendor, product, q } = filters;
  const rows = useMemo(
    () =>
      answer.items.flatMap<Row>(item => {
        const matches =
          (!vendor || item.vendor === vendor) &&
          (!product || item.product === product) &&
          matchesSearch(q, [
            item.namespace,
            item.pod,
            item.node,
            item.workload.name,
            item.entityRef,
            item.owner,
            item.model,
          ]);
        if (!matches) return [];
        return [
          {
            ...item,
            id: `${item.podUid}/${item.resource}`,
            clusterTitle: clusterTitle(clusters, item.cluster),
            device: formatDevice(item),
          },
        ];
      }),
    [answer, clusters, vendor, product, q],
  );
  const columns = useMemo(() => columnsOf(clusters.length), [clusters.length]);
  const all = answer.totalCount <= answer.items.length;
  return (
    <Table<Row>
      title={`Allocations (${formatCount(rows.length)})`}
      subtitle={
        all
          ? undefined
          : `Of the first ${formatCount(answer.items.length)} of ${formatCount(answer.totalCount)}: choose a cluster or team to see the others`
      }
      columns={columns}
      data={rows}
      options={tableOptions(rows.length)}
      emptyContent={noMatch}
    />
  );
}
