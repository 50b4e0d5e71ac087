import { makeStyles } from '@material-ui/core/styles';
import WarningIcon from '@material-ui/icons/Warning';
import type { VectorStore } from '@promptside/backstage-plugin-genai-common';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
  },
  icon: {
    fontSize: '1.125rem',
    color:
      theme.palette.type === 'dark'
        ? theme.palette.warning.light
        : theme.palette.warning.dark,
  },
}));

/** Whether data outlives the pods; warns where it does not. */
export function PersistenceLabel({
  persistence,
}: Pick<VectorStore, 'persistence'>) {
  const classes = useStyles();
  if (persistence !== 'Ephemeral') return <>{persistence}</>;
  return (
    <span className={classes.root}>
      <WarningIcon className={classes.icon} aria-hidden />
      Ephemeral: lost with the pod
    </span>
  );
}
