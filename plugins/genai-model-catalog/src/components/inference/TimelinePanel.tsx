import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import type { ModelServerDetail } from '@promptside/backstage-plugin-genai-common';
import {
  formatAge,
  formatQuantity,
  StatePanel,
} from '@promptside/backstage-plugin-genai-react';
import { useState } from 'react';
import { timelineOf } from '../../timeline';

const SHOWN = 8;

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: theme.spacing(0, 0, 0, 2),
    borderLeft: `2px solid ${theme.palette.divider}`,
  },
  item: {
    position: 'relative',
    padding: theme.spacing(0.5, 0, 1),
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
    '&::before': {
      content: '""',
      position: 'absolute',
      left: -22,
      top: 12,
      width: 10,
      height: 10,
      borderRadius: '50%',
      background: theme.palette.text.secondary,
    },
  },
  quiet: { color: theme.palette.text.secondary },
}));

/** How the server came to its state, in the words of the cluster: conditions, pods and events. */
export function TimelinePanel({ detail }: { detail: ModelServerDetail }) {
  const classes = useStyles();
  const [all, setAll] = useState(false);
  const entries = timelineOf(detail);
  const rest = entries.length - SHOWN;
  return (
    <EntityInfoCard title="Timeline">
      {entries.length === 0 ? (
        <StatePanel dense title="Nothing to tell">
          The cluster keeps events for about an hour, and nothing else stands
          against this server.
        </StatePanel>
      ) : (
        <ol className={classes.list} aria-label="Timeline, newest first">
          {entries.slice(0, all ? undefined : SHOWN).map(entry => (
            <li
              key={`${entry.kind}/${entry.name}/${entry.reason}/${entry.message}`}
              className={classes.item}
            >
              <div className={classes.quiet}>
                {entry.at ? (
                  <time
                    dateTime={entry.at}
                    title={new Date(entry.at).toLocaleString()}
                  >
                    {formatAge(entry.at)} ago
                  </time>
                ) : (
                  'Now'
                )}
                {` · ${entry.kind} ${entry.name}`}
                {entry.count !== undefined &&
                  entry.count > 1 &&
                  ` · ${formatQuantity(entry.count, 'time')}`}
              </div>
              {entry.reason && <strong>{entry.reason}: </strong>}
              {entry.message}
            </li>
          ))}
        </ol>
      )}
      {rest > 0 && (
        <Button size="small" color="primary" onClick={() => setAll(!all)}>
          {all
            ? 'Show fewer'
            : `Show ${formatQuantity(rest, 'older entry', 'older entries')}`}
        </Button>
      )}
    </EntityInfoCard>
  );
}
