import type { Fault } from '@promptside/backstage-plugin-genai-common';
import type { KubeCluster } from '@promptside/backstage-plugin-genai-node';
import { createBackoff } from './backoff';
import { isoNow } from './Clock';
import {
  connectCluster,
  type ClusterConnection,
  type ConnectionContext,
} from './ClusterConnection';
import { faultOfError } from './faults';
import { linkAbort } from './linkAbort';

/** Which clusters of the Kubernetes plugin to watch, and how often to ask it for them. */
export interface ClusterSelection {
  include?: readonly string[];
  exclude: readonly string[];
  refreshIntervalMs: number;
}

/** All clusters that are being watched. */
export interface ClusterConnections {
  /** By name, in alphabetical order. */
  list(): ClusterConnection[];
  get(name: string): ClusterConnection | undefined;
  /** Why the list of clusters could not be read; absent when the last try worked. */
  fault(): Fault | undefined;
  /** The list of clusters was read at least once. */
  known(): boolean;
  start(): void;
  /** Ends every request of every cluster. */
  stop(): Promise<void>;
}

/**
 * Follows the Kubernetes plugin's list of clusters: a new one is connected, one that left is stopped. When the list cannot
 * be read, the known clusters stay.
 */
export function createClusterConnections(
  options: ConnectionContext & { selection: ClusterSelection },
): ClusterConnections {
  const { transport, selection, settings, clock, random, logger, onChange } =
    options;
  const abort = new AbortController();
  const connections = new Map<string, ClusterConnection>();
  let fault: Fault | undefined;
  let known = false;
  let running: Promise<void> | undefined;

  const selected = ({ name }: KubeCluster) =>
    (selection.include?.includes(name) ?? true) &&
    !selection.exclude.includes(name);

  const adopt = (clusters: KubeCluster[]) => {
    const wanted = new Map(
      clusters.filter(selected).map(cluster => [cluster.name, cluster]),
    );
    const gone = [...connections.values()].filter(
      ({ cluster }) =>
        JSON.stringify(cluster) !== JSON.stringify(wanted.get(cluster.name)),
    );
    for (const connection of gone) {
      connections.delete(connection.cluster.name);
      // not awaited: a connection that ends slowly must not keep others from starting
      void connection.stop();
    }
    for (const cluster of wanted.values()) {
      if (!connections.has(cluster.name)) {
        connections.set(cluster.name, connectCluster(cluster, options));
      }
    }
    for (const { cluster, state } of gone) {
      const { version } = state;
      onChange({ cluster: cluster.name, version, topics: ['clusters'] });
    }
    if (!known) {
      const missing =
        selection.include?.filter(name => !wanted.has(name)) ?? [];
      if (missing.length > 0) {
        logger.warn(
          `genai.clusters.include names clusters that the Kubernetes plugin does not have: ${missing.join(', ')}`,
        );
      }
    }
    known = true;
  };

  const readClusters = async (): Promise<KubeCluster[]> => {
    const request = linkAbort(abort.signal);
    const finished = new AbortController();
    const limit = clock
      .sleep(settings.requestTimeoutMs, finished.signal)
      .then(() => {
        if (finished.signal.aborted) return;
        const seconds = settings.requestTimeoutMs / 1000;
        const error = new Error(
          `The Kubernetes plugin did not answer within ${seconds} s`,
        );
        request.abort(Object.assign(error, { name: 'TimeoutError' }));
      });
    try {
      return await transport.clusters(request.signal);
    } finally {
      finished.abort();
      request.unlink();
      await limit;
    }
  };

  const refresh = async () => {
    try {
      const clusters = await readClusters();
      if (abort.signal.aborted) return;
      if (fault) logger.info('The list of clusters can be read again');
      fault = undefined;
      adopt(clusters);
    } catch (error) {
      if (abort.signal.aborted) return;
      const before = fault;
      fault = faultOfError(error, isoNow(clock));
      if (before?.reason !== fault.reason) {
        logger.warn(
          `The list of clusters cannot be read from the Kubernetes plugin: ${fault.reason}, ${fault.message}`,
        );
      }
    }
  };

  const run = async () => {
    const backoff = createBackoff({
      minMs: settings.minBackoffMs,
      maxMs: settings.maxBackoffMs,
      random,
    });
    while (!abort.signal.aborted) {
      await refresh();
      const ms = fault ? backoff.nextMs() : selection.refreshIntervalMs;
      if (!fault) backoff.reset();
      await clock.sleep(ms, abort.signal);
    }
  };

  return {
    list: () =>
      [...connections.values()].sort((a, b) =>
        a.cluster.name < b.cluster.name ? -1 : 1,
      ),
    get: name => connections.get(name),
    fault: () => fault,
    known: () => known,
    start() {
      running ??= run();
    },
    async stop() {
      abort.abort();
      await Promise.all(
        [...connections.values()].map(connection => connection.stop()),
      );
      await running;
    },
  };
}
