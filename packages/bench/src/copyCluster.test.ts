import { pathOf, toBeCreated } from './copyCluster';

const pod = {
  metadata: {
    name: 'a',
    namespace: 'team/search',
    uid: 'old-pod',
    resourceVersion: '7',
    managedFields: [{}],
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels: { app: 'a' },
    ownerReferences: [
      { kind: 'ReplicaSet', name: 'a', uid: 'old-set' },
      { kind: 'Job', name: 'b', uid: 'not-copied' },
    ],
  },
  spec: { nodeName: 'node-1', clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'] },
  status: { phase: 'Running' },
};

it('creates an object in its namespace, or where it has none in the cluster', () => {
  expect(pathOf('/api/v1/pods', pod)).toBe(
    '/api/v1/namespaces/team%2Fsearch/pods',
  );
  const set = '/apis/apps/v1/replicasets';
  expect(pathOf(set, pod)).toBe(
    '/apis/apps/v1/namespaces/team%2Fsearch/replicasets',
  );
  const node = { metadata: { name: 'node-1', uid: 'n' } };
  expect(pathOf('/api/v1/nodes', node)).toBe('/api/v1/nodes');
});

it('leaves out what only the server may say, and names the owners of the other cluster', () => {
  expect(toBeCreated(pod, new Map([['old-set', 'new-set']]))).toEqual({
    metadata: {
      name: 'a',
      namespace: 'team/search',
      labels: { app: 'a' },
      ownerReferences: [
        { kind: 'ReplicaSet', name: 'a', uid: 'new-set' },
        { kind: 'Job', name: 'b', uid: 'not-copied' },
      ],
    },
    spec: { nodeName: 'node-1' },
  });
});
