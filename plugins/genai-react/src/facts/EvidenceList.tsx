import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Evidence } from '@promptside/backstage-plugin-genai-common';
import { formatAge } from '../format/formatAge';
import { formatQuantity } from '../format/formatCount';

const SHOWN = 4;

const useStyles = makeStyles(theme => ({
  title: { marginTop: theme.spacing(2) },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    padding: theme.spacing(0.75, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  secondary: { color: theme.palette.text.secondary },
}));

/** @public */
export interface EvidenceListProps {
  evidence: readonly Evidence[];
}

/**
 * What a state is founded on: condition, pod or event, in the cluster's own words. Nothing when there is none.
 *
 * @public
 */
export function EvidenceList({ evidence }: EvidenceListProps) {
  const classes = useStyles();
  if (evidence.length === 0) return null;
  const rest = evidence.length - SHOWN;
  return (
    <section>
      <Typography
        variant="subtitle2"
        component="h4"
        className={classes.title}
        gutterBottom
      >
        Evidence
      </Typography>
      <ul className={classes.list}>
        {evidence.slice(0, SHOWN).map((item, index) => (
          // The same object may say several things, and the list is replaced as a whole.
          // eslint-disable-next-line react/no-array-index-key
          <li key={index} className={classes.item}>
            <div>
              {item.reason && <strong>{item.reason}: </strong>}
              {item.message}
            </div>
            <div className={classes.secondary}>
              {[
                `${item.kind} ${item.name}`,
                item.count && item.count > 1 && `${item.count} times`,
                item.at && `${formatAge(item.at)} ago`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Typography variant="body2" className={classes.secondary}>
          and {formatQuantity(rest, 'more observation')}
        </Typography>
      )}
    </section>
  );
}
