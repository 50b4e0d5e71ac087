import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import { STATE_LOOKS, type AnyState, type StateTone } from './stateLooks';

const tone = (theme: Theme, color: 'success' | 'warning' | 'error' | 'info') =>
  theme.palette.type === 'dark'
    ? theme.palette[color].light
    : theme.palette[color].dark;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    whiteSpace: 'nowrap',
    fontSize: theme.typography.body2.fontSize,
  },
  icon: { fontSize: '1.125rem' },
  good: { color: tone(theme, 'success') },
  busy: { color: tone(theme, 'info') },
  warning: { color: tone(theme, 'warning') },
  bad: { color: tone(theme, 'error') },
  quiet: { color: theme.palette.text.secondary },
}));

/** @public */
export interface StateChipProps {
  state: AnyState;
  /** Shown when the pointer or focus is on the chip, e.g. the reason sentence. */
  hint?: string;
}

/**
 * State of a model server, vector store, cluster, GPU node or pod, or verdict of a plan: icon and word, so that colour is never the only sign.
 *
 * @public
 */
export function StateChip({ state, hint }: StateChipProps) {
  const classes = useStyles();
  const { Icon, label, tone: toneName } = STATE_LOOKS[state];
  const toneClass: Record<StateTone, string> = {
    Good: classes.good,
    Busy: classes.busy,
    Warning: classes.warning,
    Bad: classes.bad,
    Quiet: classes.quiet,
  };
  const chip = (
    // A hint must be reachable by keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <span className={classes.root} tabIndex={hint ? 0 : undefined}>
      <Icon aria-hidden className={`${classes.icon} ${toneClass[toneName]}`} />
      {label}
    </span>
  );
  return hint ? <Tooltip title={hint}>{chip}</Tooltip> : chip;
}
