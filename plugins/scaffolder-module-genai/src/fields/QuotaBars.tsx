import type { PlanQuota } from '@promptside/backstage-plugin-genai-common';
import { CountBar } from '@promptside/backstage-plugin-genai-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
    gap: theme.spacing(1, 3),
  },
}));

/**
 * What is used of each GPU line of the namespace's quotas, as a bar with its numbers beside it. Lines that allow none have no bar:
 * there is nothing to draw, and the words say it.
 */
export function QuotaBars({ quota }: { quota: readonly PlanQuota[] }) {
  const classes = useStyles();
  const lines = quota.filter(({ hard }) => hard > 0);
  if (lines.length === 0) return null;
  return (
    <ul className={classes.list} aria-label="GPU quota">
      {lines.map(({ name, resource, hard, used, left }) => {
        const device = resource.replace(/^requests\./, '');
        return (
          <li key={`${name}/${resource}`}>
            <Typography variant="body2">
              {device}: {left} of {hard} left
            </Typography>
            <CountBar
              counts={{
                capacity: hard,
                allocated: used,
                free: left,
                unhealthy: 0,
              }}
              what={`${device} in quota ${name}`}
            />
          </li>
        );
      })}
    </ul>
  );
}
