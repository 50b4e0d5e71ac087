import {
  LinkButton,
  Table,
  type TableColumn,
} from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import DnsIcon from '@material-ui/icons/DnsOutlined';
import {
  genaiModelServerReadPermission,
  type ClusterStatus,
  type ModelServer,
  type ModelServersResponse,
} from '@promptside/backstage-plugin-genai-common';
import {
  BreakableText,
  clusterTitle,
  CopyableText,
  EntityLink,
  fitColumns,
  formatAge,
  formatCount,
  matchesSearch,
  noMatch,
  numericColumn,
  PageState,
  StateChip,
  StatePanel,
  tableOptions,
  useNarrow,
  useUrlFilters,
} from '@promptside/backstage-plugin-genai-react';
import { useMemo } from 'react';
import { rootRouteRef } from '../routes';
import { SERVER_NEEDS } from '../runningServers';
import { describeGpus, modelName, runtimeName } from '../words';
import { HubLink } from './HubLink';
import {
  ModelServerFilterBar,
  SERVER_FILTER_KEYS,
} from './ModelServerFilterBar';
import { Quiet } from './Quiet';
import { useModelServers } from './useModelServers';

interface Row extends ModelServer {
  id: string;
  clusterTitle: string;
  modelName: string | undefined;
  gpuText: string | undefined;
}

/**
 * @param isNarrow - cluster and team stand below the name then, replicas below the state, runtime, GPUs and endpoint below the
 *   model
 */
const columnsOf = (
  clusters: readonly ClusterStatus[],
  isNarrow: boolean,
): TableColumn<Row>[] => [
  {
    title: 'Name',
    field: 'name',
    highlight: true,
    defaultSort: 'asc',
    render: row => (
      <>
        {row.entityRef ? (
          <EntityLink entityRef={row.entityRef} />
        ) : (
          <BreakableText text={row.name} />
        )}
        <Quiet>
          {row.namespace}
          {isNarrow && clusters.length > 1 && ` on ${row.clusterTitle}`}
        </Quiet>
        {isNarrow && row.owner && (
          <Quiet>
            <EntityLink entityRef={row.owner} />
          </Quiet>
        )}
      </>
    ),
  },
  {
    title: 'State',
    field: 'state',
    render: row => (
      <>
        <StateChip state={row.state} hint={row.message ?? row.reason} />
        {isNarrow && <Quiet>{readyText(row)} ready</Quiet>}
      </>
    ),
  },
  {
    title: 'Model',
    field: 'modelName',
    render: row => (
      <>
        {row.model?.id ? (
          <HubLink id={row.model.id} revision={row.model.revision} />
        ) : (
          <BreakableText text={row.modelName ?? 'Unknown'} />
        )}
        {isNarrow && (
          <Quiet>
            <BreakableText text={runtimeText(row)} />
            {row.gpuText && (
              <>
                <br />
                <BreakableText text={row.gpuText} />
              </>
            )}
          </Quiet>
        )}
        {isNarrow && <Endpoint row={row} />}
      </>
    ),
  },
  {
    title: 'Runtime',
    field: 'runtime',
    hidden: isNarrow,
    render: row => (
      <>
        {runtimeName(row)}
        {row.runtimeVersion && (
          <Quiet>
            <BreakableText text={row.runtimeVersion} />
          </Quiet>
        )}
      </>
    ),
  },
  {
    title: 'Ready',
    cellStyle: { whiteSpace: 'nowrap' },
    hidden: isNarrow,
    field: 'replicas.ready',
    ...numericColumn,
    render: readyText,
  },
  {
    title: 'GPUs',
    hidden: isNarrow,
    field: 'gpuText',
    render: row => <BreakableText text={row.gpuText ?? 'None'} />,
  },
  {
    title: 'Cluster',
    field: 'clusterTitle',
    hidden: isNarrow || clusters.length < 2,
  },
  {
    title: 'Team',
    hidden: isNarrow,
    field: 'owner',
    render: row => row.owner && <EntityLink entityRef={row.owner} />,
  },
  {
    title: 'Endpoint',
    field: 'endpoint.url',
    hidden: isNarrow,
    render: row => <Endpoint row={row} />,
  },
  {
    title: 'Age',
    hidden: isNarrow,
    cellStyle: { whiteSpace: 'nowrap' },
    field: 'createdAt',
    render: row => formatAge(row.createdAt),
  },
];

const readyText = ({ replicas: { ready, desired } }: Row) =>
  `${ready} of ${desired}`;

const runtimeText = (row: Row) =>
  [runtimeName(row), row.runtimeVersion].filter(Boolean).join(' ');

function Endpoint({ row: { endpoint, name } }: { row: Row }) {
  return endpoint ? (
    <CopyableText
      short
      text={endpoint.url}
      label={`Copy the endpoint of ${name}`}
    />
  ) : null;
}

/** Everything that serves a model, whichever way it got onto the cluster. */
export function ModelServersView() {
  const root = useRouteRef(rootRouteRef);
  const servers = useModelServers();
  return (
    <PageState
      resource={servers}
      what="Model servers"
      permission={genaiModelServerReadPermission.name}
      needs={SERVER_NEEDS}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <StatePanel
          icon={<DnsIcon />}
          title="No model server runs"
          action={
            <LinkButton
              to={`${root()}?view=catalog`}
              variant="contained"
              color="primary"
            >
              Choose a model
            </LinkButton>
          }
        >
          Choose a model and deploy it with the golden path. Servers that are
          put on a cluster in another way show up here too.
        </StatePanel>
      }
    >
      {value => <ModelServers answer={value} />}
    </PageState>
  );
}

function ModelServers({ answer }: { answer: ModelServersResponse }) {
  const { items, clusters, totalCount } = answer;
  const [filters, setFilters] = useUrlFilters(SERVER_FILTER_KEYS);
  const { cluster, state, runtime, team, q } = filters;
  const rows = items
    .filter(
      server =>
        (!cluster || server.cluster === cluster) &&
        (!state || server.state === state) &&
        (!runtime || server.runtime === runtime) &&
        (!team || server.owner === team) &&
        matchesSearch(q, [
          server.name,
          server.namespace,
          modelName(server),
          server.entityRef,
        ]),
    )
    .map<Row>(server => ({
      ...server,
      id: server.uid,
      clusterTitle: clusterTitle(clusters, server.cluster),
      modelName: modelName(server),
      gpuText: describeGpus(server),
    }));
  const isNarrow = useNarrow();
  const columns = useMemo(
    () => fitColumns(columnsOf(clusters, isNarrow)),
    [clusters, isNarrow],
  );
  return (
    <>
      <ModelServerFilterBar
        answer={answer}
        filters={filters}
        onChange={setFilters}
      />
      <Table<Row>
        title={`Model servers (${formatCount(rows.length)})`}
        subtitle={
          totalCount > items.length
            ? `Of the first ${formatCount(items.length)} of ${formatCount(totalCount)}`
            : undefined
        }
        columns={columns}
        data={rows}
        options={tableOptions(rows.length)}
        emptyContent={noMatch}
      />
    </>
  );
}
