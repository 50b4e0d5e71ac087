import { Table, type TableColumn } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import {
  genaiGpuReadPermission,
  type ClusterStatus,
  type GpuAllocation,
  type GpuAllocationsResponse,
} from '@promptside/backstage-plugin-genai-common';
import {
  BreakableText,
  clusterTitle,
  EntityLink,
  fitColumns,
  formatAge,
  formatCount,
  formatDevice,
  matchesSearch,
  PageState,
  StateChip,
  useGenaiApi,
  useLiveResource,
  noMatch,
  tableOptions,
  useNarrow,
} from '@promptside/backstage-plugin-genai-react';
import { useMemo, type ReactNode } from 'react';
import type { GpuFilters } from '../filters';
import { podState } from '../summary/podState';

/** As many as the backend gives at once; more than a person reads. */
const LIMIT = 500;

interface Row extends GpuAllocation {
  id: string;
  clusterTitle: string;
  device: string;
}

const columnsOf = (
  clusterCount: number,
  isNarrow: boolean,
): TableColumn<Row>[] => [
  {
    title: 'Pod',
    field: 'pod',
    highlight: true,
    render: row => (
      <>
        <BreakableText text={row.pod} />
        <Quiet>
          {row.namespace}
          {isNarrow && clusterCount > 1 && ` on ${row.clusterTitle}`}
        </Quiet>
      </>
    ),
  },
  {
    title: 'State',
    field: 'phase',
    render: row => (
      <>
        <StateChip state={podState(row)} hint={row.message ?? row.reason} />
        {row.since && <Quiet>for {formatAge(row.since)}</Quiet>}
      </>
    ),
  },
  {
    title: 'GPUs',
    field: 'count',
    render: row => (
      <>
        {formatCount(row.count)} × {row.device}
        <Quiet>
          {row.node ? (
            <>
              on <BreakableText text={row.node} />
            </>
          ) : (
            'Waits for a node'
          )}
        </Quiet>
      </>
    ),
  },
  {
    title: 'Cluster',
    field: 'clusterTitle',
    hidden: isNarrow || clusterCount < 2,
  },
  {
    title: 'Service',
    field: 'workload.name',
    render: row => (
      <>
        {row.entityRef ? (
          <EntityLink entityRef={row.entityRef} />
        ) : (
          <BreakableText text={row.workload.name} />
        )}
        <Quiet>{row.workload.kind}</Quiet>
        {isNarrow && row.model && (
          <Quiet>
            <BreakableText text={row.model} />
          </Quiet>
        )}
      </>
    ),
  },
  {
    title: 'Model',
    field: 'model',
    hidden: isNarrow,
    render: row => row.model && <BreakableText text={row.model} />,
  },
  {
    title: 'Team',
    field: 'owner',
    render: row => row.owner && <EntityLink entityRef={row.owner} />,
  },
];

/** A second line below what a cell is about. */
const Quiet = ({ children }: { children: ReactNode }) => (
  <Typography variant="body2" color="textSecondary">
    {children}
  </Typography>
);

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
  const isNarrow = useNarrow();
  const columns = useMemo(
    () => fitColumns(columnsOf(clusters.length, isNarrow)),
    [clusters.length, isNarrow],
  );
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
