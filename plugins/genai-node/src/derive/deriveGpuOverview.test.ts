import { gpuOverviewSchema } from '@promptside/backstage-plugin-genai-common';
import { observe } from '../testing/observe';
import { deployment, h100Node, namespace, node, pod } from '../testing/objects';
import { deriveGpuOverview } from './deriveGpuOverview';

const GPU = 'nvidia.com/gpu';
const asks = (count: number) => ({ [GPU]: count });

describe('deriveGpuOverview', () => {
  it('counts devices of the same shape over nodes', () => {
    const state = observe([
      h100Node('a'),
      h100Node('b', { spec: { unschedulable: true } }),
      node(
        'c',
        { [GPU]: [8, 7] },
        {
          'nvidia.com/gpu.product': 'NVIDIA-H100-80GB-HBM3',
          'nvidia.com/gpu.count': '8',
          'nvidia.com/gpu.memory': '81559',
        },
      ),
      pod('p1', { node: 'a', asks: asks(3) }),
      pod('p2', { node: 'c', asks: asks(2) }),
    ]);
    const overview = deriveGpuOverview([state], {});
    expect(overview.groups).toEqual([
      {
        cluster: 'test',
        vendor: 'nvidia',
        resource: GPU,
        sharing: 'Whole',
        product: 'NVIDIA-H100-80GB-HBM3',
        memoryBytes: 81_559 * 2 ** 20,
        nodeCount: 3,
        physicalCount: 24,
        counts: {
          capacity: 24,
          allocatable: 23,
          allocated: 5,
          free: 18,
          unhealthy: 1,
        },
        schedulableFree: 10,
        largestFree: 5,
      },
    ]);
    expect(
      gpuOverviewSchema.safeParse({ ...overview, clusters: [] }).success,
    ).toBe(true);
  });

  it.each([
    ['running', {}, 1],
    ['on its way out', { deleting: true }, 1],
    ['starting on its node', { status: { phase: 'Pending' } }, 1],
    ['of unknown phase', { status: { phase: 'Unknown' } }, 1],
    ['succeeded', { status: { phase: 'Succeeded' } }, 0],
    ['failed', { status: { phase: 'Failed' } }, 0],
    ['without a node', { node: undefined }, 0],
  ])('lets a pod that is %s hold %j', (_, more, allocated) => {
    const state = observe([
      h100Node('a'),
      pod('p', { node: 'a', asks: asks(1), ...more }),
    ]);
    const [group] = deriveGpuOverview([state], {}).groups;
    expect(group.counts.allocated).toBe(allocated);
  });

  it('has nothing free below nothing when devices fail under their pods', () => {
    const state = observe([
      node('a', { [GPU]: [8, 0] }),
      pod('p', { node: 'a', asks: asks(8) }),
    ]);
    const [group] = deriveGpuOverview([state], {}).groups;
    expect(group.counts).toEqual({
      capacity: 8,
      allocatable: 0,
      allocated: 8,
      free: 0,
      unhealthy: 8,
    });
    expect(group).not.toHaveProperty('physicalCount');
  });

  it('does not add a GPU count to one that is not told', () => {
    const labelled = node('a', { [GPU]: 4 }, { 'nvidia.com/gpu.count': '4' });
    const bare = node('b', { [GPU]: 4 });
    for (const nodes of [
      [labelled, bare],
      [bare, labelled],
    ]) {
      const { groups } = deriveGpuOverview([observe(nodes)], {});
      expect(groups).toHaveLength(1);
      expect(groups[0]).not.toHaveProperty('physicalCount');
    }
  });

  it('says who holds devices, with the owner of workload, pod or namespace', () => {
    const state = observe([
      h100Node('a'),
      namespace('team-a', 'group:default/namespace'),
      deployment('chat', {
        asks: asks(1),
        replicas: 2,
        annotations: { 'promptside.io/owner': 'group:default/workload' },
      }),
      pod('p', {
        node: 'a',
        asks: asks(1),
        annotations: { 'promptside.io/owner': 'group:default/pod' },
      }),
      pod('q', { node: 'a', asks: asks(2) }),
      pod('r', { node: 'a', asks: asks(1), namespace: 'nobody' }),
      pod('s', { node: 'a', asks: asks(1), namespace: 'no-one' }),
    ]);
    const { owners } = deriveGpuOverview([state], {});
    expect(
      owners.map(({ owner, namespaces, allocated, podCount }) => [
        owner,
        namespaces,
        allocated,
        podCount,
      ]),
    ).toEqual([
      ['group:default/namespace', ['team-a'], 2, 1],
      ['group:default/pod', ['team-a'], 1, 1],
      ['group:default/workload', ['team-a'], 2, 2],
      [undefined, ['no-one', 'nobody'], 2, 2],
    ]);
    expect(owners[0].product).toBe('NVIDIA-H100-80GB-HBM3');
  });

  it('counts who waits, not who is on the way out', () => {
    const state = observe([
      pod('a', { asks: asks(4) }),
      pod('b', { asks: asks(2) }),
      pod('c', { asks: asks(2), deleting: true }),
      pod('d', { asks: { 'amd.com/gpu': 1 } }),
    ]);
    expect(deriveGpuOverview([state], {}).pending).toEqual([
      {
        cluster: 'test',
        vendor: 'amd',
        resource: 'amd.com/gpu',
        count: 1,
        podCount: 1,
      },
      {
        cluster: 'test',
        vendor: 'nvidia',
        resource: GPU,
        count: 6,
        podCount: 2,
      },
    ]);
  });

  it('narrows by cluster, vendor, product and owner', () => {
    const one = observe(
      [
        h100Node('a'),
        node('b', { 'amd.com/gpu': 8 }),
        pod('p', {
          node: 'a',
          asks: asks(1),
          annotations: { 'promptside.io/owner': 'group:default/x' },
        }),
        pod('q', { node: 'a', asks: asks(1) }),
      ],
      { cluster: 'one' },
    );
    const two = observe([h100Node('a')], { cluster: 'two' });
    const clusters = (query: Parameters<typeof deriveGpuOverview>[1]) =>
      deriveGpuOverview([one, two], query).groups.map(
        ({ cluster, vendor }) => `${cluster} ${vendor}`,
      );
    expect(clusters({})).toEqual(['one amd', 'one nvidia', 'two nvidia']);
    expect(clusters({ cluster: 'two' })).toEqual(['two nvidia']);
    expect(clusters({ vendor: 'amd' })).toEqual(['one amd']);
    expect(clusters({ product: 'NVIDIA-H100-80GB-HBM3' })).toEqual([
      'one nvidia',
      'two nvidia',
    ]);
    const { owners, groups } = deriveGpuOverview([one], {
      owner: 'group:Default/X',
    });
    expect(owners).toMatchObject([{ owner: 'group:default/x', allocated: 1 }]);
    expect(groups).toHaveLength(2);
  });

  it('answers anew after a change', () => {
    const state = observe([
      h100Node('a'),
      pod('p', { node: 'a', asks: asks(1) }),
    ]);
    const before = deriveGpuOverview([state], {});
    expect(deriveGpuOverview([state], {}).groups[0]).toBe(before.groups[0]);
    state.forget('pods', 'pod-team-a-p');
    expect(deriveGpuOverview([state], {}).groups[0].counts.allocated).toBe(0);
  });
});
