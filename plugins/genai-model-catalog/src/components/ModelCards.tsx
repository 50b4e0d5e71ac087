import { Link } from '@backstage/core-components';
import Card from '@material-ui/core/Card';
import CardActions from '@material-ui/core/CardActions';
import CardContent from '@material-ui/core/CardContent';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  formatBytes,
  formatCount,
  formatShortCount,
  NoMatch,
} from '@promptside/backstage-plugin-genai-react';
import type { ReactNode } from 'react';
import { TASK_NAMES } from '../words';
import { DeployButton } from './DeployButton';
import { HubLink } from './HubLink';
import { Fit, Running, type ModelRow } from './modelColumns';
import { Quiet } from './Quiet';

const useStyles = makeStyles(theme => ({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))',
    gap: theme.spacing(2),
    listStyle: 'none',
    margin: theme.spacing(1, 0),
    padding: 0,
  },
  card: { height: '100%', display: 'flex', flexDirection: 'column' },
  content: { flex: 1, paddingBottom: 0 },
  fit: { minHeight: 56, margin: theme.spacing(1, 0) },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    columnGap: theme.spacing(1.5),
    margin: 0,
    ...theme.typography.body2,
    '& dd': { margin: 0 },
  },
  actions: { padding: theme.spacing(1, 2, 2) },
}));

interface ModelCardsProps {
  rows: readonly ModelRow[];
  title: string;
  subtitle?: string;
}

/** The same models as in the table, by name, each on a card of its own. */
export function ModelCards({ rows, title, subtitle }: ModelCardsProps) {
  const classes = useStyles();
  const sorted = [...rows].sort((a, b) => a.title.localeCompare(b.title));
  return (
    <section aria-label={title}>
      <Typography variant="h5" component="h2">
        {title}
      </Typography>
      {subtitle && <Quiet>{subtitle}</Quiet>}
      {rows.length === 0 ? (
        <NoMatch />
      ) : (
        <ul className={classes.grid}>
          {sorted.map(row => (
            <li key={row.id}>
              <ModelCard row={row} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ModelCard({ row }: { row: ModelRow }) {
  const classes = useStyles();
  const quantized = row.variants.length - 1;
  return (
    <Card variant="outlined" className={classes.card}>
      <CardContent className={classes.content}>
        <Typography variant="h6" component="h3">
          <Link to={row.path}>{row.title}</Link>
        </Typography>
        <Typography variant="body2">
          <HubLink id={row.id} revision={row.revision} />
        </Typography>
        <div className={classes.fit}>{row.fit && <Fit fit={row.fit} />}</div>
        <dl className={classes.facts}>
          <Fact name="Task">
            {TASK_NAMES[row.task]}
            {row.embeddingDimension &&
              `, ${formatCount(row.embeddingDimension)} dimensions`}
          </Fact>
          <Fact name="Parameters">
            {formatShortCount(row.parameterCount)}
            {row.activeParameterCount &&
              `, ${formatShortCount(row.activeParameterCount)} active`}
          </Fact>
          <Fact name="Weights">
            {formatBytes(row.weightsBytes)}
            {quantized > 0 && `, ${quantized} quantized`}
          </Fact>
          <Fact name="Context">{formatCount(row.contextLength)} tokens</Fact>
          <Fact name="Licence">
            {row.license}
            {row.gated && ', gated: needs a token'}
          </Fact>
          <Fact name="Running">
            <Running row={row} />
          </Fact>
        </dl>
      </CardContent>
      <CardActions className={classes.actions}>
        <DeployButton model={row} />
      </CardActions>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>
        <Typography variant="body2" color="textSecondary" component="span">
          {name}
        </Typography>
      </dt>
      <dd>{children}</dd>
    </>
  );
}
