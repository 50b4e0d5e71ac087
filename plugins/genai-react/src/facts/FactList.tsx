import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, max-content) minmax(0, 1fr)',
    gap: theme.spacing(0.75, 2),
    // A value may be larger than its name: a link, an address with a button.
    alignItems: 'baseline',
    margin: theme.spacing(1.5, 0, 0),
    fontSize: theme.typography.body2.fontSize,
  },
  name: { color: theme.palette.text.secondary },
  value: { margin: 0, overflowWrap: 'anywhere' },
}));

/** @public */
export interface FactListProps {
  /** Name and value; a fact whose value is absent is left out. */
  facts: readonly (readonly [string, ReactNode | undefined])[];
}

/** Names and values below each other, for cards. @public */
export function FactList({ facts }: FactListProps) {
  const classes = useStyles();
  return (
    <dl className={classes.list}>
      {facts.flatMap(([name, value]) =>
        value === undefined || value === null
          ? []
          : [
              <dt key={name} className={classes.name}>
                {name}
              </dt>,
              <dd key={`${name}-value`} className={classes.value}>
                {value}
              </dd>,
            ],
      )}
    </dl>
  );
}
