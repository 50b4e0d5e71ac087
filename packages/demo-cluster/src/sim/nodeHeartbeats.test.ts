import { createObjectStore } from '../store/MemoryStore';
import { createManualClock } from './Clock';
import { HEARTBEAT_MS, startNodeHeartbeats } from './nodeHeartbeats';

const NODES = { group: '', version: 'v1', plural: 'nodes' };
const LEASES = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
};
const NAMESPACES = { group: '', version: 'v1', plural: 'namespaces' };
const START = Date.parse('2026-01-02T03:04:05Z');

function clusterOf(nodeCount: number) {
  const store = createObjectStore();
  store.create(NAMESPACES, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'kube-node-lease' },
  });
  for (let index = 0; index < nodeCount; index += 1) {
    store.create(NODES, {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: `node-${index}`, uid: `uid-${index}` },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    });
  }
  const clock = createManualClock(START);
  return { store, clock, stop: startNodeHeartbeats(store, clock) };
}

describe('heartbeats of nodes', () => {
  it('are there at once, in the conditions and as a Lease of the node', () => {
    const { store } = clusterOf(1);
    expect(store.get(NODES, undefined, 'node-0')).toMatchObject({
      status: {
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            lastHeartbeatTime: '2026-01-02T03:04:05Z',
          },
        ],
      },
    });
    expect(store.get(LEASES, 'kube-node-lease', 'node-0')).toMatchObject({
      metadata: { ownerReferences: [{ kind: 'Node', uid: 'uid-0' }] },
      spec: {
        holderIdentity: 'node-0',
        renewTime: '2026-01-02T03:04:05.000000Z',
      },
    });
  });

  it('are renewed until the simulation ends', () => {
    const { store, clock, stop } = clusterOf(1);
    clock.advance(HEARTBEAT_MS);
    const renewed = () =>
      store.get(LEASES, 'kube-node-lease', 'node-0')?.spec as {
        renewTime: string;
      };
    expect(renewed().renewTime).toBe('2026-01-02T03:09:05.000000Z');
    stop();
    clock.advance(HEARTBEAT_MS);
    expect(renewed().renewTime).toBe('2026-01-02T03:09:05.000000Z');
    expect(clock.pending()).toBe(0);
  });

  it('leave a large cluster alone', () => {
    const { store } = clusterOf(101);
    expect(store.list(LEASES)).toEqual([]);
  });
});
