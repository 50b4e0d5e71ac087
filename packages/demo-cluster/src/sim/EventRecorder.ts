import { Cluster, formatTime } from './Cluster';
import { Meta } from './kubeTypes';
import { ClusterEvent } from './resources';

/** An object that an event is about. */
export interface Involved {
  apiVersion: string;
  kind: string;
  metadata: Meta;
}

/** What happened. */
export interface Happening {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** e.g. `kubelet`, `default-scheduler`, `deployment-controller`. */
  component: string;
  /** Node of a kubelet. */
  host?: string;
  /** Part of the object, e.g. `spec.containers{vllm}`. */
  fieldPath?: string;
}

/** Writes Events and folds repetitions into one with a count, as client-go's recorder does. */
export interface EventRecorder {
  record(involved: Involved, happening: Happening): void;
  stop(): void;
}

/** `--event-ttl` of the API server. */
const EVENT_TTL_MS = 3_600_000;
const SWEEP_MS = 600_000;
/** Above this the oldest go first, so that a crash loop cannot fill the memory. */
const MAX_EVENTS = 3_000;

const repetitionKey = (event: ClusterEvent) =>
  [
    event.involvedObject.uid,
    event.involvedObject.fieldPath,
    event.reason,
    event.message,
    event.source.component,
  ].join('\u0000');

/**
 * A recorder over the cluster's events, those of an earlier run among them.
 */
export function createEventRecorder(cluster: Cluster): EventRecorder {
  const { clock } = cluster;
  const known = new Map<string, ClusterEvent>();
  const names = cluster.random.fork(`events/${clock.now()}`);
  let stopped = false;
  let cancelSweep: (() => void) | undefined;

  const forget = (key: string, event: ClusterEvent) => {
    known.delete(key);
    cluster.remove('events', event);
  };

  const sweep = () => {
    const oldest = formatTime(clock.now() - EVENT_TTL_MS);
    for (const [key, event] of known) {
      if (event.lastTimestamp < oldest) {
        forget(key, event);
      }
    }
    cancelSweep =
      known.size > 0 && !stopped ? clock.schedule(SWEEP_MS, sweep) : undefined;
  };

  const remember = (key: string, event: ClusterEvent) => {
    known.delete(key);
    known.set(key, event);
    const [first] = known;
    if (known.size > MAX_EVENTS && first) {
      forget(first[0], first[1]);
    }
    if (!cancelSweep && !stopped) {
      cancelSweep = clock.schedule(SWEEP_MS, sweep);
    }
  };

  for (const event of cluster
    .list('events')
    .filter(({ lastTimestamp, source }) => lastTimestamp && source)
    .sort((a, b) => a.lastTimestamp.localeCompare(b.lastTimestamp))) {
    remember(repetitionKey(event), event);
  }

  return {
    record(involved, happening) {
      const { metadata } = involved;
      const now = cluster.timestamp();
      const event: ClusterEvent = {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: {
          name: `${metadata.name}.${names.hex(16)}`,
          namespace: metadata.namespace ?? 'default',
        },
        involvedObject: {
          apiVersion: involved.apiVersion,
          kind: involved.kind,
          name: metadata.name,
          ...(metadata.namespace && { namespace: metadata.namespace }),
          uid: metadata.uid,
          resourceVersion: metadata.resourceVersion,
          ...(happening.fieldPath && { fieldPath: happening.fieldPath }),
        },
        reason: happening.reason,
        message: happening.message,
        type: happening.type,
        count: 1,
        firstTimestamp: now,
        lastTimestamp: now,
        source: {
          component: happening.component,
          ...(happening.host && { host: happening.host }),
        },
        reportingComponent: happening.component,
        reportingInstance: happening.host ?? '',
      };
      const key = repetitionKey(event);
      const earlier = known.get(key);
      const repeated =
        earlier &&
        cluster.modify('events', earlier, current => ({
          ...current,
          count: (current.count ?? 1) + 1,
          lastTimestamp: now,
        }));
      try {
        remember(key, repeated ?? cluster.create('events', event));
      } catch {
        // A namespace that is going away takes no new events; losing one is what the real recorder does too.
      }
    },
    stop() {
      stopped = true;
      cancelSweep?.();
    },
  };
}
