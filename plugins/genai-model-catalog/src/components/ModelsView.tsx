import { Table, type TableColumn } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import {
  genaiModelReadPermission,
  type Model,
} from '@promptside/backstage-plugin-genai-common';
import {
  FilterBar,
  FilterSearch,
  FilterSelect,
  formatBytes,
  formatCount,
  formatShortCount,
  matchesSearch,
  NoMatch,
  numericColumn,
  PageState,
  StatePanel,
  tableOptions,
  useGenaiApi,
  useLiveResource,
  useUrlFilters,
} from '@promptside/backstage-plugin-genai-react';
import type { ReactNode } from 'react';
import { TASK_NAMES } from '../words';
import { DeployButton } from './DeployButton';
import { HubLink } from './HubLink';

/** Parameters of the URL that filter models. */
export const MODEL_FILTER_KEYS = ['task', 'license', 'access', 'q'] as const;

interface Row extends Model {
  /** Bytes of the original weights, by which the column sorts. */
  weightsBytes: number;
}

const columns: TableColumn<Row>[] = [
  {
    title: 'Model',
    width: '28%',
    field: 'title',
    highlight: true,
    defaultSort: 'asc',
    render: row => (
      <>
        {row.title}
        <Typography variant="body2">
          <HubLink id={row.id} revision={row.revision} />
        </Typography>
      </>
    ),
  },
  { title: 'Provider', field: 'provider' },
  {
    title: 'Task',
    field: 'task',
    render: row => (
      <>
        {TASK_NAMES[row.task]}
        {row.embeddingDimension && (
          <Quiet>{formatCount(row.embeddingDimension)} dimensions</Quiet>
        )}
      </>
    ),
  },
  {
    title: 'Parameters',
    field: 'parameterCount',
    ...numericColumn,
    render: row => (
      <>
        {formatShortCount(row.parameterCount)}
        {row.activeParameterCount && (
          <Quiet>{formatShortCount(row.activeParameterCount)} active</Quiet>
        )}
      </>
    ),
  },
  {
    title: 'Weights',
    field: 'weightsBytes',
    ...numericColumn,
    render: row => <Weights variants={row.variants} />,
  },
  {
    title: 'Context',
    field: 'contextLength',
    ...numericColumn,
    render: row => `${formatCount(row.contextLength)} tokens`,
  },
  {
    title: 'Licence',
    field: 'license',
    render: row => (
      <>
        {row.license}
        <Quiet>{row.gated ? 'Gated: needs a token' : 'Open'}</Quiet>
      </>
    ),
  },
  {
    title: '',
    sorting: false,
    align: 'right',
    render: row => <DeployButton model={row} />,
  },
];

/** Second line of a cell. */
function Quiet({ children }: { children: ReactNode }) {
  return (
    <Typography variant="body2" color="textSecondary" noWrap>
      {children}
    </Typography>
  );
}

/** The original weights and, below, each quantized edition. */
function Weights({ variants }: Pick<Model, 'variants'>) {
  return (
    <>
      {variants.map(({ quantization, weightsBytes }) => (
        <Typography
          key={`${quantization}/${weightsBytes}`}
          variant="body2"
          noWrap
        >
          {quantization !== 'none' && `${quantization} `}
          {formatBytes(weightsBytes)}
        </Typography>
      ))}
    </>
  );
}

/** Curated models with the facts that decide where they run. */
export function ModelsView() {
  const api = useGenaiApi();
  const models = useLiveResource(signal => api.getModels({ signal }), [api], {
    topics: [],
  });
  return (
    <PageState
      resource={models}
      what="Model catalog"
      permission={genaiModelReadPermission.name}
      isEmpty={({ items }) => items.length === 0}
      empty={<StatePanel title="The catalog has no models" />}
    >
      {({ items }) => <Models items={items} />}
    </PageState>
  );
}

function Models({ items }: { items: readonly Model[] }) {
  const [filters, setFilters] = useUrlFilters(MODEL_FILTER_KEYS);
  const { task, license, access, q } = filters;
  const rows = items
    .filter(
      model =>
        (!task || model.task === task) &&
        (!license || model.license === license) &&
        (!access || model.gated === (access === 'gated')) &&
        matchesSearch(q, [model.id, model.title, model.provider]),
    )
    .map<Row>(model => ({
      ...model,
      weightsBytes: model.variants[0].weightsBytes,
    }));
  const options = (values: readonly string[]) =>
    [...new Set(values)].sort().map(value => ({ value, label: value }));
  const tasks = options(items.map(model => model.task));
  return (
    <>
      <FilterBar
        onClear={
          Object.keys(filters).length > 0
            ? () =>
                setFilters({
                  task: undefined,
                  license: undefined,
                  access: undefined,
                  q: undefined,
                })
            : undefined
        }
      >
        <FilterSearch
          id="model-search"
          label="Model or provider"
          value={q}
          onChange={value => setFilters({ q: value })}
        />
        <FilterSelect
          id="model-task"
          label="Task"
          value={task}
          options={tasks.map(({ value }) => ({
            value,
            label: TASK_NAMES[value as Model['task']],
          }))}
          onChange={value => setFilters({ task: value })}
        />
        <FilterSelect
          id="model-license"
          label="Licence"
          value={license}
          options={options(items.map(model => model.license))}
          onChange={value => setFilters({ license: value })}
        />
        <FilterSelect
          id="model-access"
          label="Access"
          value={access}
          options={[
            { value: 'open', label: 'Open' },
            { value: 'gated', label: 'Gated' },
          ]}
          onChange={value => setFilters({ access: value })}
        />
      </FilterBar>
      <Table<Row>
        title={`Models (${formatCount(rows.length)})`}
        columns={columns}
        data={rows}
        options={tableOptions(rows.length)}
        emptyContent={<NoMatch />}
      />
    </>
  );
}
