import { makeStyles, type Theme } from '@material-ui/core/styles';
import GoodIcon from '@material-ui/icons/CheckCircle';
import BadIcon from '@material-ui/icons/Error';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import NoticeIcon from '@material-ui/icons/InfoOutlined';
import WarningIcon from '@material-ui/icons/Warning';
import type { Check } from '@promptside/backstage-plugin-genai-common';
import { formatAge } from '@promptside/backstage-plugin-genai-react';
import { describeCheck } from '../words';

const tone = (theme: Theme, color: 'success' | 'warning' | 'error' | 'info') =>
  theme.palette.type === 'dark'
    ? theme.palette[color].light
    : theme.palette[color].dark;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr) max-content',
    columnGap: theme.spacing(1),
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    fontSize: theme.typography.body2.fontSize,
    '&:first-child': { borderTop: 0 },
  },
  icon: { fontSize: '1.25rem' },
  good: { color: tone(theme, 'success') },
  notice: { color: tone(theme, 'info') },
  warning: { color: tone(theme, 'warning') },
  bad: { color: tone(theme, 'error') },
  quiet: { color: theme.palette.text.secondary },
  text: { overflowWrap: 'anywhere' },
  evidence: {
    margin: theme.spacing(0.5, 0, 0),
    paddingLeft: theme.spacing(2),
    color: theme.palette.text.secondary,
  },
}));

type Look = 'Pass' | 'Unknown' | 'Notice' | 'Degraded' | 'Down';

const LOOKS = {
  Pass: { word: 'Passed', Icon: GoodIcon, tone: 'good' },
  Unknown: { word: 'Unknown', Icon: UnknownIcon, tone: 'quiet' },
  Notice: { word: 'Notice', Icon: NoticeIcon, tone: 'notice' },
  Degraded: { word: 'Degraded', Icon: WarningIcon, tone: 'warning' },
  Down: { word: 'Down', Icon: BadIcon, tone: 'bad' },
} as const satisfies Record<Look, object>;

function lookOf({ outcome, impact }: Check): Look {
  return outcome === 'Fail' ? (impact ?? 'Degraded') : outcome;
}

/** Every check with its outcome in a word, what it found, when, and the objects that say so. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.list} aria-label="Checks">
      {checks.map(check => {
        const { word, Icon, tone: toneName } = LOOKS[lookOf(check)];
        const { name, message, reason, evidence = [], latencyMs } = check;
        return (
          <li key={name} className={classes.item}>
            <Icon
              aria-hidden
              className={`${classes.icon} ${classes[toneName]}`}
            />
            <div className={classes.text}>
              <div>
                <strong>{describeCheck(check)}</strong>: {word}
                {check.outcome !== 'Pass' && reason ? ` (${reason})` : ''}
              </div>
              {message && <div>{message}</div>}
              {check.outcome !== 'Pass' && evidence.length > 0 && (
                <ul className={classes.evidence}>
                  {evidence.slice(0, 4).map((item, index) => (
                    // The list is replaced as a whole, and an object may say several things.
                    // eslint-disable-next-line react/no-array-index-key
                    <li key={index}>
                      {item.kind} {item.name}: {item.message}
                    </li>
                  ))}
                </ul>
              )}
            </div>
            <div className={classes.quiet}>
              {[
                latencyMs !== undefined && `${Math.round(latencyMs)} ms`,
                `${formatAge(check.checkedAt)} ago`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
