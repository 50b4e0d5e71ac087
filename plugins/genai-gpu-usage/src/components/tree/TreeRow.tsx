import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import CollapsedIcon from '@material-ui/icons/ChevronRight';
import ExpandedIcon from '@material-ui/icons/ExpandMore';
import { useId, useState, type ReactNode } from 'react';

const INDENT = 24;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  children: { paddingLeft: INDENT },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(200px, 2fr) minmax(0, 3fr)',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(0.5, 1),
    minHeight: 40,
    borderBottom: `1px solid ${theme.palette.divider}`,
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
  toggle: {
    justifyContent: 'flex-start',
    textAlign: 'left',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0.5),
    borderRadius: theme.shape.borderRadius,
    overflowWrap: 'anywhere',
    ...theme.typography.body1,
    fontSize: theme.typography.body2.fontSize,
    fontWeight: 600,
    '&:hover': { background: theme.palette.action.hover },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
    },
  },
  leaf: {
    paddingLeft: INDENT + theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  details: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    minWidth: 0,
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** List of rows; the outermost one carries the label. */
export function TreeList(props: { children: ReactNode; label?: string }) {
  const classes = useStyles();
  return (
    // Safari forgets that a list without bullets is a list.
    // eslint-disable-next-line jsx-a11y/no-redundant-roles
    <ul className={classes.list} role="list" aria-label={props.label}>
      {props.children}
    </ul>
  );
}

interface TreeBranchProps {
  name: ReactNode;
  details?: ReactNode;
  defaultExpanded?: boolean;
  /** Rows below; rendered, and so loaded, only while the branch is open. */
  children: ReactNode;
}

/** Row that opens and closes with a button, so that Tab, Enter and Space are all one needs. */
export function TreeBranch(props: TreeBranchProps) {
  const { name, details, defaultExpanded = false, children } = props;
  const classes = useStyles();
  const id = useId();
  const [expanded, setExpanded] = useState(defaultExpanded);
  const Icon = expanded ? ExpandedIcon : CollapsedIcon;
  return (
    <li>
      <div className={classes.row}>
        <ButtonBase
          className={classes.toggle}
          aria-expanded={expanded}
          aria-controls={expanded ? id : undefined}
          onClick={() => setExpanded(!expanded)}
        >
          <Icon fontSize="small" aria-hidden />
          {name}
        </ButtonBase>
        <div className={classes.details}>{details}</div>
      </div>
      {expanded && (
        <div id={id} className={classes.children}>
          {children}
        </div>
      )}
    </li>
  );
}

/** Row without rows below. */
export function TreeLeaf(props: { name: ReactNode; details?: ReactNode }) {
  const classes = useStyles();
  return (
    <li>
      <div className={classes.row}>
        <div className={classes.leaf}>{props.name}</div>
        <div className={classes.details}>{props.details}</div>
      </div>
    </li>
  );
}
