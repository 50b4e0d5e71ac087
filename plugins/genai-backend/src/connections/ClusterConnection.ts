import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterStatus,
  Fault,
  GenaiSignal,
} from '@promptside/backstage-plugin-genai-common';
import {
  createClusterState,
  type ChangeTopic,
  type ClusterState,
  type Fact,
  type KubeCluster,
  type KubeTransport,
  type WatchedResource,
} from '@promptside/backstage-plugin-genai-node';
import { createBackoff, type Random } from './backoff';
import type { Clock } from './Clock';
import { clusterStatus } from './clusterStatus';
import { asObject } from './faults';
import { limitConcurrency } from './limitConcurrency';
import { requestText } from './requestText';
import {
  watchResource,
  type ResourceSink,
  type ResourceWatch,
  type WatchSettings,
} from './watchResource';

/** Lists under way at the same time in one cluster: enough to hide the round trips, few enough to stay a polite client. */
const CONCURRENT_LISTS = 3;

/** States of a resource that are worth a word in the log; an API that nobody installed is not. */
const LOGGED_STATES = new Set<string>(['Forbidden', 'Failed', 'Stale']);

/** A cluster that is being watched. */
export interface ClusterConnection {
  readonly cluster: KubeCluster;
  readonly state: ClusterState;
  /** Grows with every change of the status apart from times; with `state.version` it tells whether an answer changed. */
  readonly statusRevision: number;
  status(include: 'All' | 'NotLive'): ClusterStatus;
  /** Ends every request; resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/** What connections share, injected for tests. */
export interface ConnectionContext {
  transport: KubeTransport;
  /** What to watch in every cluster. */
  resources: readonly WatchedResource[];
  settings: WatchSettings;
  clock: Clock;
  random: Random;
  logger: LoggerService;
  /** Something visible changed in a cluster. */
  onChange(change: GenaiSignal): void;
}

function uidOf(object: unknown): string | undefined {
  const uid = asObject(asObject(object)?.metadata)?.uid;
  return typeof uid === 'string' ? uid : undefined;
}

/** Brings the objects of one resource into the state of its cluster. Raw objects end here. */
function createSink(
  resource: WatchedResource,
  state: ClusterState,
  hooks: { changed(topics: ChangeTopic[]): void; statusChanged(): void },
): ResourceSink {
  const { key } = resource;
  let facts: Fact[] = [];
  return {
    listStarted() {
      facts = [];
    },
    listPage(items) {
      for (const item of items) {
        const fact = resource.project(item);
        if (fact) facts.push(fact);
      }
    },
    listFinished() {
      hooks.changed(state.replace(key, facts));
      facts = [];
    },
    events(events) {
      const topics = new Set<ChangeTopic>();
      for (const { type, object } of events) {
        const fact = resource.project(object);
        const uid = uidOf(object);
        let changed: ChangeTopic[] = [];
        if (fact) changed = state.apply(key, type, fact);
        else if (uid !== undefined) changed = state.forget(key, uid);
        for (const topic of changed) topics.add(topic);
      }
      hooks.changed([...topics]);
    },
    cleared() {
      hooks.changed(state.drop(key));
    },
    statusChanged: hooks.statusChanged,
  };
}

/**
 * Starts to watch a cluster. It asks for the server's version first: one request tells whether anything answers at all,
 * before fifteen lists find out separately.
 */
export function connectCluster(
  cluster: KubeCluster,
  context: ConnectionContext,
): ClusterConnection {
  const { transport, resources, settings, clock, random, onChange } = context;
  const { name } = cluster;
  const logger = context.logger.child({ cluster: name });
  const abort = new AbortController();
  const state = createClusterState(name);
  const limitLists = limitConcurrency(CONCURRENT_LISTS);
  const watches = new Map<WatchedResource, ResourceWatch>();
  let serverVersion: string | undefined;
  let unreachable: Fault | undefined;
  let statusRevision = 0;
  let loggedState: string | undefined;

  const status = (include: 'All' | 'NotLive') =>
    clusterStatus({
      ...cluster,
      serverVersion,
      simulated: state.simulated,
      version: state.version,
      unreachable,
      include,
      resources: resources.map(resource => ({
        needed: resource.need === 'Needed',
        sync: watches.get(resource)?.status() ?? {
          resource: resourceName(resource),
          state: unreachable ? 'Failed' : 'Syncing',
          ...(unreachable ? { fault: unreachable } : {}),
        },
      })),
    });

  const readVersion = async (): Promise<Fault | undefined> => {
    const outcome = await requestText({
      ...context,
      cluster: name,
      path: '/version',
      timeoutMs: settings.requestTimeoutMs,
      signal: abort.signal,
    });
    if (!outcome.ok) return outcome.fault;
    try {
      const version = asObject(JSON.parse(outcome.text))?.gitVersion;
      if (typeof version === 'string') serverVersion = version;
    } catch {
      // some gateway answers "/version" itself; the lists will show what is behind it
    }
    return undefined;
  };

  const tell = (topics: ChangeTopic[]) =>
    onChange({ cluster: name, version: state.version, topics });

  const statusChanged = () => {
    statusRevision += 1;
    const { state: now, fault, resources: lacking = [] } = status('NotLive');
    if (now !== loggedState && !abort.signal.aborted) {
      const missing = lacking
        .filter(sync => LOGGED_STATES.has(sync.state))
        .map(sync => `${sync.resource} ${sync.state}`);
      const why = fault ? `: ${fault.reason}, ${fault.message}` : '';
      const lacks =
        unreachable || missing.length === 0 ? '' : ` (${missing.join(', ')})`;
      if (now === 'Live') logger.info(`Cluster ${name} is Live${lacks}`);
      else if (fault) logger.warn(`Cluster ${name} is ${now}${why}${lacks}`);
      // after an outage the server may be a newer one
      if (now === 'Live' && loggedState === 'Stale') void readVersion();
      loggedState = now;
    }
    tell(['clusters']);
  };

  /** After a change of the definitions: what was missing may be there now, and the other way round. */
  const compareWithDefinitions = () => {
    for (const [resource, running] of watches) {
      const known = resource.crd === undefined || state.hasCrd(resource.crd);
      const { state: now } = running.status();
      if (now === 'NotInstalled') running.nudge();
      else if (!known && now === 'Live') running.doubt();
    }
  };

  const watch = (resource: WatchedResource) =>
    watchResource({
      transport,
      cluster: name,
      path: resource.path,
      otherPaths: resource.otherPaths,
      query: resource.listQuery,
      accept: resource.accept,
      resource: resourceName(resource),
      sink: createSink(resource, state, {
        changed: topics => {
          if (topics.length > 0) tell(topics);
          if (resource.key === 'customresourcedefinitions') {
            compareWithDefinitions();
          }
        },
        statusChanged,
      }),
      settings,
      limitLists,
      clock,
      random,
      signal: abort.signal,
    });

  const run = async () => {
    const backoff = createBackoff({
      minMs: settings.minBackoffMs,
      maxMs: settings.maxBackoffMs,
      random,
    });
    while (!abort.signal.aborted) {
      const fault = await readVersion();
      if (abort.signal.aborted) return;
      // an answer with 403 or 404 is an answer: the version is hidden, the lists may not be
      if (
        !fault ||
        fault.reason === 'Forbidden' ||
        fault.reason === 'NotInstalled'
      ) {
        break;
      }
      const changed = unreachable?.reason !== fault.reason;
      unreachable = fault;
      if (changed) statusChanged();
      await clock.sleep(backoff.nextMs(), abort.signal);
    }
    if (abort.signal.aborted) return;
    unreachable = undefined;
    for (const resource of resources) {
      watches.set(resource, watch(resource));
    }
    statusChanged();
    await Promise.all([...watches.values()].map(running => running.done));
  };
  const done = run();

  return {
    cluster,
    state,
    get statusRevision() {
      return statusRevision;
    },
    status,
    async stop() {
      abort.abort();
      await done;
    },
  };
}

function resourceName(resource: WatchedResource): string {
  return resource.apiGroup
    ? `${resource.plural}.${resource.apiGroup}`
    : resource.plural;
}
