import {
  DependencyGraph,
  DependencyGraphTypes,
} from '@backstage/core-components';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import type {
  LineageNode,
  LineageState,
  RagLineage,
} from '@promptside/backstage-plugin-genai-common';
import { useMemo } from 'react';
import { LINEAGE_KINDS } from '../words';
import { LineageEdge } from './LineageEdge';

const WIDTH = 232;
const HEIGHT = 64;
const PADDING = 12;
/** Characters of the title's size that a box takes; the whole text is in the title element and in the table. */
const TITLE_LENGTH = 27;

const useStyles = makeStyles(theme => ({
  graph: {
    width: '100%',
    height: 320,
    [theme.breakpoints.down('sm')]: { height: 480 },
  },
  box: {
    fill: theme.palette.background.default,
    stroke: theme.palette.text.secondary,
  },
  kind: {
    fill: theme.palette.text.secondary,
    fontSize: theme.typography.caption.fontSize,
  },
  title: { fill: theme.palette.text.primary, fontWeight: 500 },
}));

interface EdgeData {
  state: LineageState;
}

const short = (text: string) =>
  text.length > TITLE_LENGTH ? `${text.slice(0, TITLE_LENGTH - 1)}…` : text;

function LineageBox({ kind, title, detail }: LineageNode) {
  const classes = useStyles();
  return (
    <g>
      <title>{[LINEAGE_KINDS[kind], title, detail].join(' ')}</title>
      <rect className={classes.box} width={WIDTH} height={HEIGHT} rx={8} />
      <text className={classes.kind} x={PADDING} y={18}>
        {LINEAGE_KINDS[kind]}
      </text>
      <text className={classes.title} x={PADDING} y={37}>
        {short(title)}
      </text>
      <text className={classes.kind} x={PADDING} y={54}>
        {short(detail ?? '')}
      </text>
    </g>
  );
}

/** The chain as a picture; {@link LineageTable} beside it says the same in words. */
export function LineageGraph({ lineage }: { lineage: RagLineage }) {
  const classes = useStyles();
  // Four ranks beside each other are too small to be read there.
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  // The picture is laid out anew whenever this is another list.
  const edges = useMemo(
    () => lineage.edges.map(({ from, to, state }) => ({ from, to, state })),
    [lineage],
  );
  const broken = lineage.edges.filter(({ state }) => state === 'Broken');
  return (
    <div
      role="img"
      aria-label={`What ${lineage.name} stands on: ${lineage.nodes.length} parts, ${broken.length} broken connections; the table below has them all`}
    >
      <DependencyGraph<LineageNode, EdgeData>
        className={classes.graph}
        nodes={lineage.nodes}
        edges={edges}
        direction={
          isNarrow
            ? DependencyGraphTypes.Direction.TOP_BOTTOM
            : DependencyGraphTypes.Direction.LEFT_RIGHT
        }
        nodeMargin={24}
        rankMargin={isNarrow ? 48 : 72}
        paddingX={16}
        paddingY={16}
        zoom="disabled"
        allowFullscreen={false}
        renderNode={({ node }) => <LineageBox {...node} />}
        renderEdge={({ edge, id }) => (
          <LineageEdge
            key={`${id.v}-${id.w}`}
            points={edge.points ?? []}
            state={edge.state}
            isUpright={isNarrow}
          />
        )}
      />
    </div>
  );
}
