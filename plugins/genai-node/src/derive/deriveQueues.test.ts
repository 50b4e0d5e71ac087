import { createClusterState } from '../state/createClusterState';
import { observe } from '../testing/observe';
import { deriveQueues } from './deriveQueues';

const clusterQueue = (
  name: string,
  {
    used = '0',
    spec = {},
    quota = {},
  }: { used?: string; spec?: object; quota?: object } = {},
) => ({
  kind: 'ClusterQueue',
  metadata: { name },
  spec: {
    cohortName: 'all',
    namespaceSelector: {},
    resourceGroups: [
      {
        coveredResources: ['nvidia.com/gpu'],
        flavors: [
          {
            name: 'l4',
            resources: [{ name: 'nvidia.com/gpu', nominalQuota: 8, ...quota }],
          },
        ],
      },
    ],
    ...spec,
  },
  status: {
    flavorsReservation: [
      { name: 'l4', resources: [{ name: 'nvidia.com/gpu', total: used }] },
    ],
  },
});

const localQueue = (name: string, behind: string, spec: object = {}) => ({
  kind: 'LocalQueue',
  metadata: { name, namespace: 'team-a' },
  spec: { clusterQueue: behind, ...spec },
});

const flavor = {
  kind: 'ResourceFlavor',
  metadata: { name: 'l4' },
  spec: { nodeLabels: { 'nvidia.com/gpu.product': 'NVIDIA-L4' } },
};

const queueOf = (objects: readonly unknown[]) =>
  deriveQueues([observe(objects)], 'team-a').queues!.find(
    ({ name }) => name === 'gpus',
  )!;

describe('deriveQueues', () => {
  it('joins LocalQueue, ClusterQueue, flavor and what the cohort leaves', () => {
    expect(
      queueOf([
        localQueue('gpus', 'a'),
        clusterQueue('a', { used: '3', quota: { borrowingLimit: 2 } }),
        clusterQueue('b', { used: '5' }),
        clusterQueue('keeps', { quota: { lendingLimit: 1 } }),
        clusterQueue('borrows', { used: '10' }),
        clusterQueue('elsewhere', { spec: { cohortName: 'other' } }),
        flavor,
      ]),
    ).toEqual({
      cluster: 'test',
      namespace: 'team-a',
      name: 'gpus',
      clusterQueue: 'a',
      quota: {
        state: 'Ready',
        cohort: 'all',
        covered: ['nvidia.com/gpu'],
        flavors: [
          {
            flavor: 'l4',
            resource: 'nvidia.com/gpu',
            products: { 'nvidia.com/gpu.product': 'NVIDIA-L4' },
            nominal: 8,
            used: 3,
            borrowingLimit: 2,
            // 3 of b, the 1 that the second lends, less the 2 that the third has borrowed
            cohortLeft: 2,
          },
        ],
      },
    });
  });

  it('has no cohort where there is none, and no product where the flavor names none', () => {
    const [only] = queueOf([
      localQueue('gpus', 'a'),
      clusterQueue('a', { spec: { cohortName: undefined } }),
    ]).quota!.flavors;
    expect(only).not.toHaveProperty('cohortLeft');
    expect(only.products).toEqual({});
  });

  it('tells whose stop it is: that of the ClusterQueue says why', () => {
    const held = { stopPolicy: 'Hold' };
    expect(
      queueOf([localQueue('gpus', 'a', held), clusterQueue('a')]).stopped,
    ).toEqual({ by: 'LocalQueue', reason: 'Hold' });
    expect(
      queueOf([
        localQueue('gpus', 'a', held),
        clusterQueue('a', { spec: { stopPolicy: 'HoldAndDrain' } }),
      ]).stopped,
    ).toEqual({ by: 'ClusterQueue', reason: 'HoldAndDrain' });
  });

  it('knows a ClusterQueue that is missing, and one that takes no namespace', () => {
    expect(queueOf([localQueue('gpus', 'a')]).quota?.state).toBe('Missing');
    expect(
      queueOf([
        localQueue('gpus', 'a'),
        clusterQueue('a', { spec: { namespaceSelector: undefined } }),
      ]).quota?.state,
    ).toBe('TakesNone');
  });

  it('does not know what could not be read', () => {
    const state = createClusterState('new');
    expect(deriveQueues([state], 'team-a')).toEqual({
      queues: [],
      queuesUnknown: [],
    });
    state.replace('customresourcedefinitions', [
      {
        resource: 'customresourcedefinitions',
        uid: 'crd',
        name: 'localqueues.kueue.x-k8s.io',
      },
    ]);
    expect(deriveQueues([state], 'team-a').queuesUnknown).toEqual(['new']);
    state.replace('localqueues', [
      {
        resource: 'localqueues',
        uid: 'q',
        name: 'gpus',
        namespace: 'team-a',
        clusterQueue: 'a',
      },
    ]);
    const { queues, queuesUnknown } = deriveQueues([state], 'team-a');
    expect(queuesUnknown).toEqual([]);
    expect(queues?.[0]).not.toHaveProperty('quota');
    expect(deriveQueues([state], undefined)).toEqual({});
  });
});
