import {
  projectClusterQueue,
  projectLocalQueue,
  projectResourceFlavor,
} from './projectQueues';

const metadata = { uid: 'q', name: 'gpus' };

const clusterQueue = (spec: object = {}, status: object = {}) =>
  projectClusterQueue({
    metadata,
    spec: {
      namespaceSelector: {},
      resourceGroups: [
        {
          coveredResources: ['cpu', 'memory', 'nvidia.com/gpu'],
          flavors: [
            {
              name: 'l4',
              resources: [
                { name: 'cpu', nominalQuota: '100' },
                { name: 'memory', nominalQuota: '1Ti' },
                {
                  name: 'nvidia.com/gpu',
                  nominalQuota: 8,
                  borrowingLimit: '4',
                  lendingLimit: '2',
                },
              ],
            },
          ],
        },
      ],
      ...spec,
    },
    status,
  });

const usage = (total?: string) => [
  {
    name: 'l4',
    resources: [{ name: 'nvidia.com/gpu', ...(total ? { total } : {}) }],
  },
];

describe('projectClusterQueue', () => {
  it('keeps the quota of devices and the names of all resources it covers', () => {
    expect(
      clusterQueue({ cohortName: 'all' }, { flavorsReservation: usage('3') }),
    ).toEqual({
      resource: 'clusterqueues',
      ...metadata,
      cohort: 'all',
      takes: 'All',
      covered: ['cpu', 'memory', 'nvidia.com/gpu'],
      quotas: [
        {
          flavor: 'l4',
          resource: 'nvidia.com/gpu',
          nominal: 8,
          borrowingLimit: 4,
          lendingLimit: 2,
          used: 3,
        },
      ],
    });
  });

  it('reads the cohort under its name of v1beta1', () => {
    expect(clusterQueue({ cohort: 'all' })?.cohort).toBe('all');
  });

  it('takes what is reserved for used, else what is admitted; a total that is left out is 0', () => {
    const used = (status: object) => clusterQueue({}, status)?.quotas[0].used;
    expect(
      used({ flavorsReservation: usage('5'), flavorsUsage: usage('3') }),
    ).toBe(5);
    expect(used({ flavorsUsage: usage('3') })).toBe(3);
    expect(used({ flavorsUsage: usage() })).toBe(0);
    expect(used({})).toBeUndefined();
  });

  it.each([
    [{ namespaceSelector: undefined }, 'None'],
    [{ namespaceSelector: {} }, 'All'],
    [{ namespaceSelector: { matchLabels: { team: 'a' } } }, 'Some'],
    [{ namespaceSelector: { matchExpressions: [{ key: 'a' }] } }, 'Some'],
  ])('of %j takes workloads of namespaces: %s', (spec, takes) => {
    expect(clusterQueue(spec)?.takes).toBe(takes);
  });

  it.each([
    [
      'a policy',
      { stopPolicy: 'HoldAndDrain' },
      {},
      { reason: 'HoldAndDrain' },
    ],
    ['no policy', { stopPolicy: 'None' }, {}, undefined],
    [
      'its condition',
      {},
      {
        conditions: [
          {
            type: 'Active',
            status: 'False',
            reason: 'FlavorNotFound',
            message: 'no l4',
          },
        ],
      },
      { reason: 'FlavorNotFound', message: 'no l4' },
    ],
    [
      'a condition without a reason',
      {},
      { conditions: [{ type: 'Active', status: 'False' }] },
      { reason: 'Inactive' },
    ],
    [
      'being active',
      {},
      { conditions: [{ type: 'Active', status: 'True' }] },
      undefined,
    ],
  ])('is stopped by %s', (_, spec, status, stopped) => {
    expect(clusterQueue(spec, status)?.stopped).toEqual(stopped);
  });

  it('is nothing without identity, and empty without a spec', () => {
    expect(projectClusterQueue({ spec: {} })).toBeUndefined();
    expect(projectClusterQueue({ metadata })).toMatchObject({
      takes: 'None',
      covered: [],
      quotas: [],
    });
  });
});

describe('projectLocalQueue', () => {
  it('leads to a ClusterQueue', () => {
    expect(
      projectLocalQueue({
        metadata: { ...metadata, namespace: 'team-a' },
        spec: { clusterQueue: 'research', stopPolicy: 'Hold' },
        status: { pendingWorkloads: 2 },
      }),
    ).toEqual({
      resource: 'localqueues',
      ...metadata,
      namespace: 'team-a',
      clusterQueue: 'research',
      stopped: { reason: 'Hold' },
      pending: 2,
    });
    expect(projectLocalQueue({ metadata })).toBeUndefined();
  });
});

describe('projectResourceFlavor', () => {
  it('keeps the product of its nodes', () => {
    expect(
      projectResourceFlavor({
        metadata,
        spec: {
          nodeLabels: { 'nvidia.com/gpu.product': 'NVIDIA-L4', zone: 'a' },
        },
      }),
    ).toEqual({
      resource: 'resourceflavors',
      ...metadata,
      products: { 'nvidia.com/gpu.product': 'NVIDIA-L4' },
    });
    expect(projectResourceFlavor({ metadata })?.products).toEqual({});
    expect(projectResourceFlavor({})).toBeUndefined();
  });
});
