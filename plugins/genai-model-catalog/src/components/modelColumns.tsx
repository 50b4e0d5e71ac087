import { Link, type TableColumn } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import type {
  Model,
  ModelFit,
} from '@promptside/backstage-plugin-genai-common';
import {
  formatBytes,
  formatCount,
  formatProduct,
  formatShortCount,
  numericColumn,
  QUANTIZATION_NAMES,
  StateChip,
} from '@promptside/backstage-plugin-genai-react';
import { TASK_NAMES } from '../words';
import { DeployButton } from './DeployButton';
import { HubLink } from './HubLink';
import { Quiet } from './Quiet';

/** A model with what the clusters say of it. */
export interface ModelRow extends Model {
  /** Bytes of the original weights, by which the column sorts. */
  weightsBytes: number;
  /** Absent while it is being planned, or when it cannot be. */
  fit?: ModelFit;
  /** Servers that run it; absent when that is not known. */
  runningCount?: number;
  /** Page of the model. */
  path: string;
  /** List of those servers. */
  serversPath: string;
}

/** Best first; what is not known stands before what cannot be. */
const FIT_ORDER = { Fits: 0, Tight: 1, Unknown: 2, DoesNotFit: 3 };

const narrow = { paddingLeft: 8, paddingRight: 12 };

/** Four columns of numbers: with the usual padding the last column is out of sight on a laptop. */
const narrowNumbers = {
  ...numericColumn,
  cellStyle: narrow,
  headerStyle: narrow,
};

/**
 * Columns of the model catalog.
 *
 * @param isNarrow - task and licence stand below the name then, weights and context below the parameters, servers below the fit
 */
export const modelColumns = (isNarrow: boolean): TableColumn<ModelRow>[] => [
  {
    title: 'Model',
    field: 'title',
    highlight: true,
    defaultSort: 'asc',
    render: row => (
      <>
        <Link to={row.path}>{row.title}</Link>
        <Typography variant="body2">
          <HubLink id={row.id} revision={row.revision} />
        </Typography>
        {isNarrow && (
          <Quiet>
            {TASK_NAMES[row.task]} · {row.license}
            {row.gated && ' · gated'}
          </Quiet>
        )}
      </>
    ),
  },
  {
    title: 'Fit',
    customSort: (a, b) =>
      FIT_ORDER[a.fit?.verdict ?? 'Unknown'] -
      FIT_ORDER[b.fit?.verdict ?? 'Unknown'],
    render: row => (
      <>
        {row.fit && <Fit fit={row.fit} />}
        {isNarrow && Boolean(row.runningCount) && (
          <Typography variant="body2">
            <Running row={row} word=" running" />
          </Typography>
        )}
      </>
    ),
  },
  {
    title: 'Running',
    hidden: isNarrow,
    field: 'runningCount',
    ...narrowNumbers,
    render: row => <Running row={row} />,
  },
  {
    title: 'Task',
    hidden: isNarrow,
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
    ...narrowNumbers,
    render: row => (
      <>
        {formatShortCount(row.parameterCount)}
        {row.activeParameterCount && (
          <Quiet>{formatShortCount(row.activeParameterCount)} active</Quiet>
        )}
        {isNarrow && (
          <>
            <Weights variants={row.variants.slice(0, 1)} />
            <Quiet>{formatCount(row.contextLength)} tokens</Quiet>
          </>
        )}
      </>
    ),
  },
  {
    title: 'Weights',
    hidden: isNarrow,
    field: 'weightsBytes',
    ...narrowNumbers,
    render: row => <Weights variants={row.variants} />,
  },
  {
    title: 'Context',
    hidden: isNarrow,
    field: 'contextLength',
    ...narrowNumbers,
    render: row => (
      <>
        {formatCount(row.contextLength)}
        <Quiet>tokens</Quiet>
      </>
    ),
  },
  {
    title: 'Licence',
    hidden: isNarrow,
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
    cellStyle: { ...narrow, whiteSpace: 'nowrap' },
    headerStyle: narrow,
    render: row => <DeployButton model={row} />,
  },
];

/** The verdict with its sentence, and on what below. */
export function Fit({ fit }: { fit: ModelFit }) {
  const { verdict, summary, choice } = fit;
  const runs = verdict === 'Fits' || verdict === 'Tight';
  return (
    <>
      <StateChip state={verdict} hint={summary} />
      {runs && choice && (
        <Quiet>
          {choice.gpuCount} × {formatProduct(choice)}
        </Quiet>
      )}
    </>
  );
}

/** How many servers run a model, linked to their list; `word` follows the number where no title says what it counts. */
export function Running({ row, word }: { row: ModelRow; word?: string }) {
  const { runningCount, serversPath, title } = row;
  if (runningCount === undefined) return <>Unknown</>;
  if (runningCount === 0) return <>None</>;
  return (
    <Link
      to={serversPath}
      aria-label={`${runningCount} running servers of ${title}`}
    >
      {formatCount(runningCount)}
      {word}
    </Link>
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
          {[QUANTIZATION_NAMES[quantization], formatBytes(weightsBytes)]
            .filter(Boolean)
            .join(' ')}
        </Typography>
      ))}
    </>
  );
}
