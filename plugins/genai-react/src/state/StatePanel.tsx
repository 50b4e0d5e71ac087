import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { quietColor } from '../view/quietColor';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    textAlign: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(6, 2),
  },
  dense: {
    padding: theme.spacing(1, 0),
    alignItems: 'flex-start',
    textAlign: 'left',
  },
  icon: {
    color: theme.palette.text.secondary,
    '& svg': { fontSize: '3rem' },
  },
  text: { maxWidth: 640, color: quietColor(theme) },
  action: { marginTop: theme.spacing(2) },
}));

/** @public */
export interface StatePanelProps {
  title: string;
  icon?: ReactNode;
  /** Why, and the way out. */
  children?: ReactNode;
  action?: ReactNode;
  /** For cards: no icon, little space. */
  dense?: boolean;
}

/**
 * Stands in place of data that is not there and says why and what to do next.
 *
 * @public
 */
export function StatePanel(props: StatePanelProps) {
  const { title, icon, children, action, dense } = props;
  const classes = useStyles();
  return (
    <div
      className={dense ? `${classes.root} ${classes.dense}` : classes.root}
      role="status"
    >
      {icon && !dense && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      <Typography
        variant={dense ? 'subtitle1' : 'h5'}
        component={dense ? 'p' : 'h2'}
      >
        {title}
      </Typography>
      {children && (
        <Typography variant="body2" component="div" className={classes.text}>
          {children}
        </Typography>
      )}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
