import { KubeObject, ObjectStore, ResourceId } from '../store/ObjectStore';
import { Clock } from './Clock';
import { formatTime } from './Cluster';

const NODES: ResourceId = { group: '', version: 'v1', plural: 'nodes' };
const LEASES: ResourceId = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
};
const NAMESPACE = 'kube-node-lease';

/** How often a kubelet reports an unchanged status (`nodeStatusReportFrequency`); its Lease is renewed with it. */
export const HEARTBEAT_MS = 300_000;

/** Heartbeats of a large cluster would drown what it is measured for. */
const MOST_NODES = 100;

/** With the part of a second, as `renewTime` is a MicroTime. */
const microTime = (ms: number) =>
  new Date(ms).toISOString().replace('Z', '000Z');

const record = (value: unknown) => (value ?? {}) as Record<string, unknown>;

function reportStatus(store: ObjectStore, node: KubeObject, now: number) {
  const status = record(node.status);
  const conditions = (status.conditions ?? []) as Record<string, unknown>[];
  const { resourceVersion, ...metadata } = node.metadata;
  store.update(
    NODES,
    {
      ...node,
      metadata,
      status: {
        ...status,
        conditions: conditions.map(condition => ({
          ...condition,
          lastHeartbeatTime: formatTime(now),
        })),
      },
    },
    { subresource: 'status' },
  );
}

function renewLease(store: ObjectStore, node: KubeObject, now: number) {
  const { name, uid } = node.metadata;
  const lease: KubeObject = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name,
      namespace: NAMESPACE,
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Node', name, uid: uid ?? '' },
      ],
    },
    spec: {
      holderIdentity: name,
      leaseDurationSeconds: 40,
      renewTime: microTime(now),
    },
  };
  const old = store.get(LEASES, NAMESPACE, name);
  if (!old) {
    store.create(LEASES, {
      ...lease,
      metadata: { ...lease.metadata, creationTimestamp: formatTime(now) },
    });
    return;
  }
  const { resourceVersion, ...metadata } = old.metadata;
  store.update(LEASES, { ...old, metadata, spec: lease.spec });
}

/**
 * Says for every node that its kubelet lives, at once and every five minutes: `lastHeartbeatTime` of the conditions and
 * the node's Lease. Without them `kubectl describe node` tells of the year 1 and of a missing Lease. Returns the end.
 */
export function startNodeHeartbeats(
  store: ObjectStore,
  clock: Clock,
): () => void {
  let cancel = () => {};
  const beat = () => {
    const nodes = store.list(NODES);
    if (nodes.length <= MOST_NODES) {
      nodes.forEach(node => {
        reportStatus(store, node, clock.now());
        renewLease(store, node, clock.now());
      });
    }
    cancel = clock.schedule(HEARTBEAT_MS, beat);
  };
  beat();
  return () => cancel();
}
