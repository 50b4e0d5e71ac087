import { createHash, randomUUID } from 'node:crypto';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  ClustersResponse,
  ClusterStatus,
  GenaiHealth,
} from '@promptside/backstage-plugin-genai-common';
import type { ClusterState } from '@promptside/backstage-plugin-genai-node';
import type { ClusterConnection } from '../connections/ClusterConnection';
import type { ClusterConnections } from '../connections/ClusterConnections';

/** What one answer is made from. */
export interface LiveView {
  states: readonly ClusterState[];
  /** Coverage part of the answer. */
  clusters: ClusterStatus[];
}

/** Live state as handlers see it: from memory only, without a request to any cluster. */
export interface LiveState {
  /**
   * All clusters, or the one of that name. Throws `NotFoundError` for a name that is not watched, and
   * `ServiceUnavailableError` as long as the list of clusters was never read: an empty answer would be a wrong one.
   */
  view(cluster?: string): LiveView;
  /** Entity tag of everything that `view(cluster)` shows; weak, because times within the same minute count as equal. */
  etag(cluster?: string): string;
  clusters(): ClustersResponse;
  health(): GenaiHealth;
}

/** Reads the live state from the connections. */
export function createLiveState(
  connections: ClusterConnections,
  startedAt: string,
): LiveState {
  // versions count from the start of this process, so they say nothing about those of another
  const processId = randomUUID();

  const select = (cluster?: string): ClusterConnection[] => {
    if (!connections.known()) {
      const fault = connections.fault();
      throw new ServiceUnavailableError(
        fault
          ? `The list of clusters cannot be read from the Kubernetes plugin (${fault.reason}: ${fault.message})`
          : 'The list of clusters is being read, try again in a moment',
      );
    }
    if (cluster === undefined) return connections.list();
    const connection = connections.get(cluster);
    if (connection) return [connection];
    const names = connections.list().map(other => other.cluster.name);
    throw new NotFoundError(
      `No cluster named "${cluster}" is watched; known clusters: ${names.join(', ') || 'none'}`,
    );
  };

  return {
    view(cluster) {
      const selected = select(cluster);
      return {
        states: selected.map(connection => connection.state),
        clusters: selected.map(connection => connection.status('NotLive')),
      };
    },

    etag(cluster) {
      const hash = createHash('sha256').update(processId);
      if (connections.known()) {
        for (const connection of select(cluster)) {
          const { name, version, freshAt } = connection.status('NotLive');
          const minute = freshAt?.slice(0, 16);
          hash.update(
            `|${name}:${version}:${connection.statusRevision}:${minute}`,
          );
        }
      }
      hash.update(`|${connections.fault()?.reason}`);
      return `W/"${hash.digest('base64url').slice(0, 22)}"`;
    },

    clusters() {
      const fault = connections.fault();
      return {
        items: connections.list().map(connection => connection.status('All')),
        ...(fault ? { fault } : {}),
      };
    },

    health() {
      const clusters = connections.list().map(connection => {
        const { name, state } = connection.status('NotLive');
        return { name, state };
      });
      const allLive = clusters.every(({ state }) => state === 'Live');
      let state: GenaiHealth['state'] = 'Starting';
      if (connections.known()) {
        state = allLive && !connections.fault() ? 'Healthy' : 'Degraded';
      }
      return { state, startedAt, clusters };
    },
  };
}
