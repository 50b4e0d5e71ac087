import type { AcceleratorPool } from '../../facts';
import { projectNode } from '../../facts/projectNode';
import noLabels from '../__fixtures__/nvidia-device-plugin-0.20/no-labels.json';
import pluginGone from '../__fixtures__/nvidia-device-plugin-0.20/plugin-gone.json';
import migMixed from '../__fixtures__/nvidia-feature-discovery-0.20/a100-mig-mixed.json';
import migSingle from '../__fixtures__/nvidia-feature-discovery-0.20/a100-mig-single.json';
import h100Unhealthy from '../__fixtures__/nvidia-feature-discovery-0.20/h100-one-unhealthy.json';
import h100 from '../__fixtures__/nvidia-feature-discovery-0.20/h100-whole.json';
import l4Mps from '../__fixtures__/nvidia-feature-discovery-0.20/l4-mps.json';
import t4Renamed from '../__fixtures__/nvidia-feature-discovery-0.20/t4-time-slicing-renamed.json';
import t4Slicing from '../__fixtures__/nvidia-feature-discovery-0.20/t4-time-slicing.json';
import { recognisePools } from '../registry';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

function pools(raw: unknown): readonly AcceleratorPool[] {
  const fact = projectNode(raw);
  if (!fact) throw new Error('the node left no fact');
  return fact.pools;
}

describe('devices of NVIDIA nodes', () => {
  it('counts whole GPUs with product, memory and physical count', () => {
    expect(pools(h100)).toEqual([
      {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        sharing: 'Whole',
        product: 'NVIDIA-H100-80GB-HBM3',
        memoryBytes: 81_559 * MIB,
        physicalCount: 8,
        capacity: 8,
        allocatable: 8,
      },
    ]);
    expect(projectNode(h100)).toMatchObject({
      state: 'Ready',
      driverVersion: '595.91.07',
      kubeletVersion: 'v1.35.2',
    });
  });

  it('keeps capacity and allocatable apart, their difference is unhealthy', () => {
    expect(pools(h100Unhealthy)).toMatchObject([
      { capacity: 8, allocatable: 7, physicalCount: 8 },
    ]);
  });

  it('takes the single MIG strategy for slices and knows no GPU count', () => {
    const [pool] = pools(migSingle);
    expect(pool).toEqual({
      vendor: 'nvidia',
      resource: 'nvidia.com/gpu',
      sharing: 'Mig',
      product: 'NVIDIA-A100-SXM4-40GB',
      profile: '1g.5gb',
      memoryBytes: 4864 * MIB,
      capacity: 56,
      allocatable: 56,
    });
    expect(pool).not.toHaveProperty('physicalCount');
  });

  it('keeps the resources of the mixed MIG strategy apart', () => {
    expect(pools(migMixed)).toEqual([
      expect.objectContaining({
        resource: 'nvidia.com/gpu',
        sharing: 'Whole',
        physicalCount: 2,
        capacity: 2,
      }),
      {
        vendor: 'nvidia',
        resource: 'nvidia.com/mig-1g.10gb',
        sharing: 'Mig',
        product: 'NVIDIA-A100-SXM4-80GB',
        profile: '1g.10gb',
        memoryBytes: 9728 * MIB,
        capacity: 28,
        allocatable: 28,
      },
      expect.objectContaining({
        resource: 'nvidia.com/mig-3g.40gb',
        profile: '3g.40gb',
        memoryBytes: 40_192 * MIB,
      }),
    ]);
  });

  it('does not take slots of time-sliced GPUs for GPUs', () => {
    expect(pools(t4Slicing)).toEqual([
      {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        sharing: 'TimeSlicing',
        product: 'Tesla-T4',
        memoryBytes: 15_360 * MIB,
        physicalCount: 8,
        replicas: 10,
        capacity: 80,
        allocatable: 80,
      },
    ]);
  });

  it('reads renamed time-slicing alike and drops the resource the kubelet left behind', () => {
    expect(pools(t4Renamed)).toMatchObject([
      {
        resource: 'nvidia.com/gpu.shared',
        sharing: 'TimeSlicing',
        product: 'Tesla-T4',
        physicalCount: 8,
        replicas: 10,
        capacity: 80,
      },
    ]);
  });

  it('gives every MPS slot its enforced part of the memory', () => {
    expect(pools(l4Mps)).toMatchObject([
      {
        sharing: 'Mps',
        product: 'NVIDIA-L4',
        memoryBytes: (23_034 * MIB) / 2,
        physicalCount: 4,
        replicas: 2,
      },
    ]);
  });

  it('guesses neither product nor GPU count without labels', () => {
    expect(pools(noLabels)).toEqual([
      {
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        sharing: 'Whole',
        capacity: 80,
        allocatable: 80,
      },
    ]);
  });

  it('shows a node with a GPU whose plugin offers nothing', () => {
    expect(projectNode(pluginGone)).toMatchObject({ pools: [] });
  });

  it('takes memory from the product table when no label tells', () => {
    const [pool] = recognisePools({
      labels: { 'nvidia.com/gpu.product': 'NVIDIA-L40S' },
      capacity: { 'nvidia.com/gpu': 4 },
      allocatable: { 'nvidia.com/gpu': 4 },
    });
    expect(pool.memoryBytes).toBe(44.5 * GIB);
  });

  it('knows no memory of a MIG slice without its label', () => {
    const [pool] = recognisePools({
      labels: { 'nvidia.com/gpu.product': 'NVIDIA-A100-SXM4-80GB' },
      capacity: { 'nvidia.com/mig-1g.10gb': 7 },
      allocatable: { 'nvidia.com/mig-1g.10gb': 7 },
    });
    expect(pool).not.toHaveProperty('memoryBytes');
  });

  it.each([
    [{ 'nvidia.com/gpu.replicas': '4' }, 8, 2],
    [{ 'nvidia.com/gpu.replicas': '3' }, 8, undefined],
    [{ 'nvidia.com/gpu.product': 'Tesla-T4-SHARED' }, 8, undefined],
  ])('finds the GPUs behind shared slots of %j', (labels, slots, physical) => {
    const [pool] = recognisePools({
      labels: labels as Record<string, string>,
      capacity: { 'nvidia.com/gpu': slots },
      allocatable: { 'nvidia.com/gpu': slots },
    });
    expect(pool.sharing).toBe('TimeSlicing');
    expect(pool.physicalCount).toBe(physical);
  });

  it('does not know an MPS slot whose part is not told', () => {
    const [pool] = recognisePools({
      labels: {
        'nvidia.com/gpu.sharing-strategy': 'mps',
        'nvidia.com/gpu.memory': '23034',
      },
      capacity: { 'nvidia.com/gpu': 4 },
      allocatable: { 'nvidia.com/gpu': 4 },
    });
    expect(pool).toMatchObject({ sharing: 'Mps' });
    expect(pool).not.toHaveProperty('memoryBytes');
  });

  it('reads the driver version of older feature discovery', () => {
    const fact = projectNode({
      ...noLabels,
      metadata: {
        ...noLabels.metadata,
        labels: {
          'nvidia.com/cuda.driver.major': '550',
          'nvidia.com/cuda.driver.minor': '54',
          'nvidia.com/cuda.driver.rev': '15',
        },
      },
    });
    expect(fact?.driverVersion).toBe('550.54.15');
  });
});
