import { Progress } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import CloudOffIcon from '@material-ui/icons/CloudOff';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import ExtensionIcon from '@material-ui/icons/ExtensionOutlined';
import LockIcon from '@material-ui/icons/LockOutlined';
import CloudQueueIcon from '@material-ui/icons/CloudQueue';
import type { ClusterStatus } from '@promptside/backstage-plugin-genai-common';
import type { ReactNode } from 'react';
import { coverageOf } from '../coverage/coverage';
import { FreshnessBanner } from '../coverage/FreshnessBanner';
import type { LiveResource } from '../live/useLiveResource';
import { describeError, requestFaultOf } from './requestFault';
import { StatePanel, type StatePanelProps } from './StatePanel';

/** @public */
export interface PageStateProps<T> {
  resource: LiveResource<T>;
  /** What the page shows, as it stands in a sentence: `GPU usage`. */
  what: string;
  /** Permission that the request needs; named when it is refused. */
  permission: string;
  /** Resources of the cluster without which nothing is known, e.g. `['nodes']`. */
  needs?: readonly string[];
  isEmpty(value: T): boolean;
  /** Shown when every covered cluster has nothing, with the next step to take. */
  empty: ReactNode;
  /** In a card: little space and no line on freshness while all is live. */
  dense?: boolean;
  children(value: T): ReactNode;
}

/**
 * The states that every page has: loading, forbidden, not installed, failed, empty, and data, with the freshness of the
 * clusters above it and the last good data beside an error. Nothing that could not be read is shown as empty.
 *
 * @public
 */
export function PageState<T extends object>(props: PageStateProps<T>) {
  const { resource, what, dense, isEmpty, empty, children } = props;
  const { value, error, refreshedAt } = resource;
  if (value === undefined) {
    return error ? (
      <RequestFailed {...props} error={error} />
    ) : (
      <div role="status" aria-busy="true" aria-label={`Loading ${what}`}>
        <Progress />
      </div>
    );
  }
  const coverage: { clusters?: readonly ClusterStatus[] } = value;
  const clusters = coverage.clusters ?? [];
  const quiet =
    dense && !error && clusters.every(({ state }) => state === 'Live');
  const nothing = isEmpty(value);
  return (
    <>
      {!quiet && (
        <FreshnessBanner
          clusters={clusters}
          refreshedAt={refreshedAt}
          error={error}
        />
      )}
      {resource.isPrevious && <LinearProgress aria-label={`Loading ${what}`} />}
      {nothing && coverage.clusters ? (
        <NothingToShow {...props} clusters={clusters} />
      ) : (
        (nothing && empty) || children(value)
      )}
    </>
  );
}

function NothingToShow<T>(
  props: PageStateProps<T> & { clusters: readonly ClusterStatus[] },
) {
  const { clusters, needs, empty, dense, what } = props;
  const panel = (rest: StatePanelProps) => (
    <StatePanel dense={dense} {...rest} />
  );
  switch (coverageOf(clusters, needs)) {
    case 'None':
      return panel({
        icon: <CloudQueueIcon />,
        title: 'No cluster is connected',
        children: (
          <>
            The clusters are those of the Kubernetes plugin. Add one under{' '}
            <code>kubernetes.clusterLocatorMethods</code> in the configuration
            of the portal.
          </>
        ),
      });
    case 'Syncing':
      return panel({
        icon: <CloudQueueIcon />,
        title: 'Reading the clusters',
        children: `The first list is under way. ${what} appears here as soon as it is there.`,
      });
    case 'Forbidden':
      return panel({
        icon: <LockIcon />,
        title: 'The portal may not read the clusters',
        children:
          'The account with which the portal reaches the clusters lacks rights. Bind it to the read-only ClusterRole from the installation guide.',
      });
    case 'Unavailable':
      return panel({
        icon: <CloudOffIcon />,
        title: 'No cluster could be read',
        children: `${what} is not known. The reasons stand above; the portal keeps trying.`,
      });
    default:
      return <>{empty}</>;
  }
}

function RequestFailed<T>(props: PageStateProps<T> & { error: Error }) {
  const { error, what, permission, dense, resource } = props;
  switch (requestFaultOf(error)) {
    case 'Forbidden':
      return (
        <StatePanel
          dense={dense}
          icon={<LockIcon />}
          title={`You may not see ${what}`}
        >
          It needs the permission <code>{permission}</code>. Ask those who run
          this portal.
        </StatePanel>
      );
    case 'NotInstalled':
      return (
        <StatePanel
          dense={dense}
          icon={<ExtensionIcon />}
          title="The GenAI backend is not installed"
        >
          Add <code>@promptside/backstage-plugin-genai-backend</code> to the
          backend of this portal; its README tells how.
        </StatePanel>
      );
    default:
      return (
        <StatePanel
          dense={dense}
          icon={<ErrorIcon />}
          title={`${what} could not be loaded`}
          action={
            <Button
              variant="outlined"
              color="primary"
              onClick={resource.refresh}
              disabled={resource.loading}
            >
              Try again
            </Button>
          }
        >
          {describeError(error)}
        </StatePanel>
      );
  }
}
