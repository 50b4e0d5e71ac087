import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import FormControl from '@material-ui/core/FormControl';
import NativeSelect from '@material-ui/core/NativeSelect';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  genaiVectorStoreReadPermission,
  type GenaiObjectRef,
  type StoreSeries,
} from '@promptside/backstage-plugin-genai-common';
import {
  formatAge,
  formatCount,
  PageState,
  quietColor,
  useGenaiApi,
  useLiveResource,
} from '@promptside/backstage-plugin-genai-react';
import { useState } from 'react';
import { Sparkline } from './Sparkline';
import { StateStrip } from './StateStrip';
import {
  describeLines,
  describeStates,
  linesOf,
  spansOf,
  type TrendField,
} from './trendWords';

const POLL_MS = 30_000;

const SPANS = {
  lastHour: 'the last hour',
  lastDay: 'the last 24 hours',
} as const;

interface TrendLine {
  field: TrendField;
  title: string;
  format(value: number): string;
  /** Where the chart begins and ends; absent: at the least and the greatest value. */
  low?: number;
  high?: number;
}

const LINES: readonly TrendLine[] = [
  {
    field: 'usedRatio',
    title: 'Storage fill',
    format: value => `${Math.floor(value * 100)} %`,
    low: 0,
    high: 1,
  },
  { field: 'vectorCount', title: 'Vectors', format: formatCount },
  {
    field: 'latencyMs',
    title: 'Slowest probe',
    format: value => `${Math.round(value)} ms`,
    low: 0,
  },
];

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))',
    gap: theme.spacing(2, 3),
    margin: theme.spacing(2, 0),
  },
  quiet: { color: quietColor(theme) },
}));

/** State, storage fill, vectors and latency of a store over time, as far as the backend remembers. */
export function TrendCard({ cluster, namespace, name }: GenaiObjectRef) {
  const api = useGenaiApi();
  const classes = useStyles();
  const [span, setSpan] = useState<keyof typeof SPANS>('lastHour');
  const history = useLiveResource(
    signal =>
      api.getVectorStoreHistory({ cluster, namespace, name }, { signal }),
    [api, cluster, namespace, name],
    { topics: ['vector-stores'], pollMs: POLL_MS },
  );
  return (
    <EntityInfoCard title="Trend">
      <PageState
        resource={history}
        what="Trend"
        permission={genaiVectorStoreReadPermission.name}
        dense
        isEmpty={() => false}
        empty={null}
      >
        {answer => (
          <>
            <FormControl>
              <NativeSelect
                value={span}
                onChange={({ target }) =>
                  setSpan(target.value as keyof typeof SPANS)
                }
                inputProps={{ 'aria-label': 'Time of the trend' }}
              >
                <option value="lastHour">Last hour</option>
                <option value="lastDay">Last 24 hours</option>
              </NativeSelect>
            </FormControl>
            <Charts series={answer[span]} when={SPANS[span]} />
            <Typography variant="caption" className={classes.quiet}>
              Kept in the memory of the portal, which began{' '}
              {formatAge(answer.keptSince)} ago: a restart begins anew. A gap is
              a time in which nothing was known.
            </Typography>
          </>
        )}
      </PageState>
    </EntityInfoCard>
  );
}

interface ChartsProps {
  series: StoreSeries;
  /** `the last hour` */
  when: string;
}

function Charts({ series, when }: ChartsProps) {
  const classes = useStyles();
  const { samples, spanMs, stepMs } = series;
  const last = samples.at(-1);
  if (!last) {
    return (
      <Typography variant="body2" role="status">
        No sample yet: the first one comes with the next probe.
      </Typography>
    );
  }
  const to = Date.parse(last.at) + stepMs;
  const time = { from: to - spanMs, to };
  const states = describeStates(samples);
  return (
    <div className={classes.list}>
      <div>
        <Typography variant="subtitle2">State</Typography>
        <StateStrip
          {...time}
          spans={spansOf(series)}
          label={`State in ${when}: ${states}`}
        />
        <Typography variant="body2" className={classes.quiet}>
          {states}
        </Typography>
      </div>
      {LINES.map(({ field, title, format, ...bounds }) => {
        const lines = linesOf(series, field);
        const words = describeLines(lines, format);
        const values = lines.flat().map(({ value }) => value);
        return (
          <div key={field}>
            <Typography variant="subtitle2">{title}</Typography>
            {words && (
              <Sparkline
                {...time}
                lines={lines}
                low={bounds.low ?? Math.min(...values)}
                high={bounds.high ?? Math.max(...values)}
                label={`${title} in ${when}: ${words}`}
              />
            )}
            <Typography variant="body2" className={classes.quiet}>
              {words ?? 'Not known'}
            </Typography>
          </div>
        );
      })}
    </div>
  );
}
