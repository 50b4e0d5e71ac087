import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  tabs: {
    marginBottom: theme.spacing(2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
}));

/** @public */
export interface ViewTabsProps<V extends string> {
  views: readonly { view: V; title: string }[];
  current: V;
  onChange(view: V): void;
  /** The current view. */
  children: ReactNode;
}

/**
 * Views of one page behind tabs. Not the tabs of the shell: their links drop the query string, in which filters and view
 * are kept.
 *
 * @public
 */
export function ViewTabs<V extends string>(props: ViewTabsProps<V>) {
  const { views, current, onChange, children } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <>
      <Tabs
        className={classes.tabs}
        value={current}
        onChange={(_event, view: V) => onChange(view)}
        indicatorColor="primary"
        textColor="primary"
        aria-label="Views"
      >
        {views.map(({ view, title }) => (
          <Tab
            key={view}
            value={view}
            label={title}
            id={`${id}-${view}`}
            aria-controls={view === current ? `${id}-panel` : undefined}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${current}`}
      >
        {children}
      </div>
    </>
  );
}
