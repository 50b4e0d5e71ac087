import { Progress } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  genaiGpuReadPermission,
  type GpuNode,
} from '@promptside/backstage-plugin-genai-common';
import {
  formatCount,
  PageState,
  useGenaiApi,
  useLiveResource,
} from '@promptside/backstage-plugin-genai-react';
import { useState } from 'react';
import { nodesQueryOf, type GpuFilters } from '../../filters';
import { NodeRow } from './NodeRow';
import { TreeList } from './TreeRow';

const PAGE_SIZE = 50;
/** With a team most nodes drop out, so that more are asked for at once. */
const TEAM_PAGE_SIZE = 500;

const useStyles = makeStyles(theme => ({
  note: { padding: theme.spacing(1) },
}));

interface NodeListProps {
  cluster: string;
  filters: GpuFilters;
  /** Where this page of nodes starts; the first one has none. */
  cursor?: string;
  /** Nodes on the pages before. */
  shownBefore?: number;
}

/** One page of the nodes of a cluster, and the next one below it once asked for. Each page stays fresh by itself. */
export function NodeList(props: NodeListProps) {
  const { cluster, filters, cursor, shownBefore = 0 } = props;
  const { vendor, product, free, q, team } = filters;
  const api = useGenaiApi();
  const nodes = useLiveResource(
    signal =>
      api.getGpuNodes(
        {
          ...nodesQueryOf(filters, cluster),
          include: 'allocations',
          limit: team ? TEAM_PAGE_SIZE : PAGE_SIZE,
          cursor,
        },
        { signal },
      ),
    [api, cluster, cursor, vendor, product, free, q, Boolean(team)],
    { topics: ['gpus'], keepPrevious: true },
  );
  if (!nodes.value && !nodes.error) return <Progress />;
  return (
    <PageState
      resource={{
        ...nodes,
        // The banner of the whole page has told about the clusters.
        value: nodes.value && { ...nodes.value, clusters: undefined },
      }}
      what="GPU nodes"
      permission={genaiGpuReadPermission.name}
      dense
      isEmpty={() => false}
      empty={null}
    >
      {({ items, totalCount, nextCursor }) => (
        <NodePage
          {...props}
          items={items}
          totalCount={totalCount}
          nextCursor={nextCursor}
          shown={shownBefore + items.length}
        />
      )}
    </PageState>
  );
}

interface NodePageProps extends NodeListProps {
  items: readonly GpuNode[];
  totalCount: number;
  nextCursor: string | undefined;
  shown: number;
}

function NodePage(props: NodePageProps) {
  const { items, totalCount, nextCursor, shown, cluster, filters } = props;
  const { team } = filters;
  const classes = useStyles();
  const [more, setMore] = useState(false);
  const visible = items.filter(
    node => !team || node.allocations?.some(({ owner }) => owner === team),
  );
  return (
    <>
      <TreeList>
        {visible.map(node => (
          <NodeRow key={node.name} node={node} team={team} />
        ))}
      </TreeList>
      {visible.length === 0 && (
        <Typography variant="body2" className={classes.note}>
          {team && items.length > 0
            ? 'The team holds no GPU on these nodes.'
            : 'No node matches the filters.'}
        </Typography>
      )}
      {nextCursor && !more && (
        <Button
          size="small"
          color="primary"
          className={classes.note}
          onClick={() => setMore(true)}
        >
          Show more nodes ({formatCount(shown)} of {formatCount(totalCount)}{' '}
          read)
        </Button>
      )}
      {nextCursor && more && (
        <NodeList
          cluster={cluster}
          filters={filters}
          cursor={nextCursor}
          shownBefore={shown}
        />
      )}
    </>
  );
}
