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

const cohort = (name: string, parentName?: string, quota?: object) => ({
  kind: 'Cohort',
  metadata: { name },
  spec: {
    ...(parentName ? { parentName } : {}),
    ...(quota
      ? {
          resourceGroups: [
            {
              coveredResources: ['nvidia.com/gpu'],
              flavors: [
                {
                  name: 'l4',
                  resources: [{ name: 'nvidia.com/gpu', ...quota }],
                },
              ],
            },
          ],
        }
      : {}),
  },
});

describe('a tree of cohorts', () => {
  /** Queue a (8, 3 used) in cohort team; queue b (8, 5 used) in cohort other; both cohorts below all. */
  const left = (...cohorts: object[]) =>
    queueOf([
      localQueue('gpus', 'a'),
      clusterQueue('a', { used: '3', spec: { cohortName: 'team' } }),
      clusterQueue('b', { used: '5', spec: { cohortName: 'other' } }),
      ...cohorts,
    ]).quota!.flavors[0].cohortLeft;

  it('lends across cohorts of one root', () => {
    expect(left(cohort('team', 'all'), cohort('other', 'all'))).toBe(3);
    // without parents they have nothing to do with each other
    expect(left(cohort('team'), cohort('other'))).toBe(0);
    expect(left()).toBe(0);
  });

  it('counts quota of the cohorts themselves', () => {
    expect(
      left(
        cohort('team', 'all', { nominalQuota: 1 }),
        cohort('other', 'all'),
        cohort('all', undefined, { nominalQuota: '4' }),
      ),
    ).toBe(8);
  });

  it('holds the limits of cohorts: what one keeps, and what one may take', () => {
    expect(
      left(
        cohort('team', 'all'),
        cohort('other', 'all', { nominalQuota: 0, lendingLimit: 2 }),
      ),
    ).toBe(2);
    expect(
      left(
        cohort('team', 'all', { nominalQuota: 0, borrowingLimit: 1 }),
        cohort('other', 'all'),
      ),
    ).toBe(1);
  });

  it('leaves to a queue what its cohort keeps from the tree', () => {
    expect(
      left(
        cohort('team', 'all', { nominalQuota: 2, lendingLimit: 0 }),
        cohort('other', 'all', { nominalQuota: 0, lendingLimit: 0 }),
      ),
    ).toBe(2);
  });

  it('gives nothing from a ring of parents', () => {
    expect(left(cohort('team', 'all'), cohort('all', 'team'))).toBe(0);
  });
});

it('names the admission checks of each flavor', () => {
  const checksWith = (spec: object) =>
    queueOf([localQueue('gpus', 'a'), clusterQueue('a', { spec })]).quota!
      .flavors[0].checks;
  expect(checksWith({})).toBeUndefined();
  expect(
    checksWith({
      admissionChecks: ['for-all'],
      admissionChecksStrategy: {
        admissionChecks: [
          { name: 'everywhere' },
          { name: 'here', onFlavors: ['l4'] },
          { name: 'there', onFlavors: ['h100'] },
          {},
        ],
      },
    }),
  ).toEqual(['for-all', 'everywhere', 'here']);
});
