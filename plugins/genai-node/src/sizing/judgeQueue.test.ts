import { H100, L4, MIG_3G } from './__fixtures__/gpuNodes';
import { codes, LLAMA_8B, plan } from './__fixtures__/plan';
import type { InventoryQueue, QueueFlavor } from './InventoryQueue';

const flavor = (change: Partial<QueueFlavor> = {}): QueueFlavor => ({
  flavor: 'any',
  resource: 'nvidia.com/gpu',
  products: {},
  nominal: 8,
  used: 3,
  ...change,
});

function queue(
  flavors: readonly QueueFlavor[] = [flavor()],
  change: Partial<InventoryQueue> = {},
): InventoryQueue {
  return {
    namespace: 'team-chat',
    name: 'gpus',
    clusterQueue: 'research',
    quota: {
      state: 'Ready',
      covered: ['cpu', 'memory', 'nvidia.com/gpu'],
      flavors,
    },
    ...change,
  };
}

const inCohort = (flavors: readonly QueueFlavor[]): InventoryQueue => ({
  ...queue(),
  quota: { ...queue().quota!, cohort: 'all', flavors },
});

const ask = {
  model: LLAMA_8B,
  namespace: 'team-chat',
  replicas: 2,
  gpuCount: 1,
};
const quota = {
  namespace: 'team-chat',
  name: 'q',
  resource: 'nvidia.com/gpu',
  hard: 99,
  used: 0,
  left: 99,
};
const withQueues = (
  queues: readonly InventoryQueue[],
  request: object = {},
  inventory: object = {},
) =>
  plan({ ...ask, ...request }, [H100], {
    quota: [quota],
    queues,
    ...inventory,
  });

describe('a plan in a namespace with a LocalQueue', () => {
  it('goes through it, and tells quota and use in numbers', () => {
    const answer = withQueues([queue([flavor()], { pending: 1 })]);
    expect(answer.verdict).toBe('Fits');
    expect(answer.choice?.queue).toBe('gpus');
    expect(answer.reasons.find(({ code }) => code === 'QueueQuota')).toEqual({
      code: 'QueueQuota',
      field: 'queue',
      severity: 'Info',
      message:
        'LocalQueue gpus of namespace team-chat (ClusterQueue research) has a quota of 8 nvidia.com/gpu, of which 5 are left; 1 workload already waiting in it; 2 replicas of 1 GPU need 2.',
    });
  });

  it.each<[string, InventoryQueue, string, string | undefined, RegExp]>([
    [
      'too little left',
      queue([flavor({ used: 7 })]),
      'DoesNotFit',
      'QueueExceeded',
      /quota of 8 nvidia\.com\/gpu, of which 1 are left; .*need 2, and would wait/,
    ],
    [
      'the last of it',
      queue([flavor({ used: 6 })]),
      'Tight',
      'QueueUsedUp',
      /takes the last of them/,
    ],
    [
      'quota that the cohort lends',
      inCohort([flavor({ used: 8, cohortLeft: 4 })]),
      'Tight',
      'QueueBorrows',
      /0 are left; 4 more can be borrowed from cohort all now.*taken back/,
    ],
    [
      'less to borrow than is needed',
      inCohort([flavor({ used: 8, cohortLeft: 4, borrowingLimit: 1 })]),
      'DoesNotFit',
      'QueueExceeded',
      /1 more can be borrowed/,
    ],
    [
      'a cohort that has nothing left',
      inCohort([flavor({ used: 8, cohortLeft: 0 })]),
      'DoesNotFit',
      'QueueExceeded',
      /nothing can be borrowed from cohort all now/,
    ],
    [
      'quota of its own that others have borrowed',
      inCohort([flavor({ used: 2, cohortLeft: -5 })]),
      'DoesNotFit',
      'QueueExceeded',
      /of which 1 are left/,
    ],
    [
      'a stop of the LocalQueue',
      queue([flavor()], {
        stopped: { by: 'LocalQueue', reason: 'HoldAndDrain' },
      }),
      'DoesNotFit',
      'QueueStopped',
      /LocalQueue gpus of namespace team-chat is stopped \(HoldAndDrain\)/,
    ],
    [
      'a ClusterQueue that is not active',
      queue([flavor()], {
        stopped: {
          by: 'ClusterQueue',
          reason: 'FlavorNotFound',
          message: 'no flavor l4',
        },
      }),
      'DoesNotFit',
      'ClusterQueueInactive',
      /ClusterQueue research behind .* is not active \(FlavorNotFound: no flavor l4\)/,
    ],
    [
      'a ClusterQueue that is not there',
      queue([], { quota: { state: 'Missing', covered: [], flavors: [] } }),
      'DoesNotFit',
      'ClusterQueueInactive',
      /which does not exist/,
    ],
    [
      'a ClusterQueue that takes no namespace',
      queue([], { quota: { state: 'TakesNone', covered: [], flavors: [] } }),
      'DoesNotFit',
      'ClusterQueueInactive',
      /no namespaceSelector/,
    ],
    [
      'no quota for the resource',
      queue([flavor({ resource: 'amd.com/gpu' })]),
      'DoesNotFit',
      'QueueLacksResource',
      /no quota for nvidia\.com\/gpu on NVIDIA-H100-80GB-HBM3/,
    ],
    [
      'quota for another product alone',
      queue([flavor({ products: { 'nvidia.com/gpu.product': 'NVIDIA-L4' } })]),
      'DoesNotFit',
      'QueueLacksResource',
      /on NVIDIA-H100/,
    ],
    [
      'no quota for memory',
      queue([flavor()], {
        quota: {
          state: 'Ready',
          covered: ['cpu', 'nvidia.com/gpu'],
          flavors: [flavor()],
        },
      }),
      'Tight',
      'QueueLacksResource',
      /no quota for memory.*excludeResourcePrefixes/,
    ],
    [
      'a use that nobody counted yet',
      queue([flavor({ used: undefined })]),
      'Fits',
      undefined,
      /./,
    ],
  ])('and %s is judged', (_, found, verdict, code, message) => {
    const answer = withQueues([found]);
    expect(answer.verdict).toBe(verdict);
    const [first] = answer.reasons.filter(
      ({ severity }) => severity !== 'Info',
    );
    expect(first?.code).toBe(code);
    expect(first?.message ?? 'nothing').toMatch(message);
    expect(first?.field ?? 'queue').toBe('queue');
  });

  it('counts pods and not GPUs: one lies in one flavor', () => {
    const two = [flavor({ used: 7 }), flavor({ flavor: 'spot', used: 7 })];
    expect(withQueues([queue(two)]).verdict).toBe('Tight');
    const answer = withQueues([queue(two)], { replicas: 1, gpuCount: 2 });
    expect(codes(answer.reasons)[0]).toBe('QueueExceeded');
  });

  it('takes the flavor of the product, also where a label has the MIG profile', () => {
    const slice = flavor({
      resource: 'nvidia.com/mig-3g.40gb',
      products: { 'nvidia.com/gpu.product': 'NVIDIA-A100-SXM4-80GB' },
    });
    const answer = plan(
      { ...ask, replicas: 1, resource: slice.resource },
      [MIG_3G],
      {
        quota: [{ ...quota, resource: slice.resource }],
        queues: [queue([slice])],
      },
    );
    expect(codes(answer.reasons)).toContain('QueueQuota');
  });

  it('says of a ClusterQueue that cannot be read that it is not known', () => {
    const answer = withQueues([queue([], { quota: undefined })]);
    expect(answer.verdict).toBe('Fits');
    expect(codes(answer.reasons)).toContain('QueueUnknown');
    expect(answer.choice?.queue).toBe('gpus');
  });
});

describe('the queue of a plan', () => {
  const other = queue([flavor({ used: 8 })], { name: 'batch' });
  const usual = queue([flavor()], { name: 'default' });

  it('is the one that was asked for', () => {
    const answer = withQueues([usual, other], { queue: 'batch' });
    expect(answer.choice?.queue).toBe('batch');
    expect(answer.verdict).toBe('DoesNotFit');
  });

  it('is the one called default where there are several', () => {
    expect(withQueues([other, usual]).choice?.queue).toBe('default');
  });

  it('is left open where none of several stands out, and that is said', () => {
    const answer = withQueues([queue(), other]);
    expect(answer.verdict).toBe('Fits');
    expect(answer.choice).not.toHaveProperty('queue');
    expect(
      answer.reasons.find(({ code }) => code === 'QueueNotChosen')?.message,
    ).toMatch(/LocalQueues gpus, batch/);
  });

  it('must be there', () => {
    const answer = withQueues([queue()], { queue: 'nope' });
    expect(answer.reasons[0]).toMatchObject({
      code: 'NoSuchQueue',
      field: 'queue',
      message: expect.stringMatching(
        /no LocalQueue "nope"\. Choose one of: gpus/,
      ),
    });
    expect(withQueues([], { queue: 'nope' }).summary).toMatch(
      /Leave the queue out/,
    );
  });

  it('of another namespace or cluster is none', () => {
    const answer = withQueues([
      { ...other, namespace: 'team-search' },
      { ...other, cluster: 'mars' },
    ]);
    expect(answer.verdict).toBe('Fits');
    expect(answer.choice).not.toHaveProperty('queue');
    expect(JSON.stringify(answer)).not.toMatch(/queue/i);
  });

  it('is not known where Kueue is there and cannot be read', () => {
    const answer = withQueues([], {}, { queuesUnknown: ['demo'] });
    expect(answer.verdict).toBe('Fits');
    expect(codes(answer.reasons)).toContain('QueueUnknown');
  });

  it('makes an alternative of hardware that it has quota for', () => {
    const l4 = flavor({ products: { 'nvidia.com/gpu.product': 'NVIDIA-L4' } });
    const answer = plan(ask, [H100, L4], {
      quota: [quota],
      queues: [queue([l4])],
    });
    expect(answer.choice?.product).toBe('NVIDIA-L4');
    expect(answer.alternatives.map(({ product }) => product)).not.toContain(
      'NVIDIA-H100-80GB-HBM3',
    );
  });
});

describe('admission checks of a ClusterQueue', () => {
  it('keep a plan from being a promise, each named once', () => {
    const checked = { checks: ['new-nodes'] };
    const { verdict, reasons } = withQueues([
      queue([flavor(checked), flavor({ flavor: 'spot', ...checked })]),
    ]);
    expect(verdict).toBe('Tight');
    expect(
      reasons.find(({ code }) => code === 'QueueAdmissionChecks'),
    ).toMatchObject({
      severity: 'Warning',
      message:
        'ClusterQueue research asks admission check new-nodes before it starts anything: quota that is left does not say that the pods will start.',
    });
  });

  it('are told together where there are several', () => {
    const { reasons } = withQueues([
      queue([flavor({ checks: ['new-nodes', 'other-cluster'] })]),
    ]);
    expect(
      reasons.find(({ code }) => code === 'QueueAdmissionChecks')?.message,
    ).toMatch(/asks admission checks new-nodes, other-cluster before/);
  });
});
