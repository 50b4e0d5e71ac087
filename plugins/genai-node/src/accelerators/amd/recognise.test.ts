import type { AcceleratorPool } from '../../facts';
import { projectNode } from '../../facts/projectNode';
import mi210Legacy from '../__fixtures__/amd-node-labeller/mi210-legacy.json';
import mi300xCpx from '../__fixtures__/amd-node-labeller/mi300x-cpx-single.json';
import mi300xMixed from '../__fixtures__/amd-node-labeller/mi300x-mixed.json';
import mi300xWhole from '../__fixtures__/amd-node-labeller/mi300x-whole.json';
import { recognisePools } from '../registry';

const GIB = 2 ** 30;

function pools(raw: unknown): readonly AcceleratorPool[] {
  const fact = projectNode(raw);
  if (!fact) throw new Error('the node left no fact');
  return fact.pools;
}

describe('devices of AMD nodes', () => {
  it('counts whole GPUs; the vram label is binary', () => {
    expect(pools(mi300xWhole)).toEqual([
      {
        vendor: 'amd',
        resource: 'amd.com/gpu',
        sharing: 'Whole',
        product: 'AMD_Instinct_MI300X_OAM',
        memoryBytes: 192 * GIB,
        physicalCount: 8,
        capacity: 8,
        allocatable: 8,
      },
    ]);
  });

  it('sees eight GPUs behind 64 partitions of the single naming strategy', () => {
    expect(pools(mi300xCpx)).toEqual([
      {
        vendor: 'amd',
        resource: 'amd.com/gpu',
        sharing: 'Partition',
        product: 'AMD_Instinct_MI300X_OAM',
        profile: 'cpx_nps4',
        physicalCount: 8,
        capacity: 64,
        allocatable: 64,
      },
    ]);
  });

  it('tells partitions and whole GPUs of the mixed strategy apart', () => {
    expect(pools(mi300xMixed)).toMatchObject([
      {
        resource: 'amd.com/cpx_nps4',
        sharing: 'Partition',
        profile: 'cpx_nps4',
        physicalCount: 4,
      },
      {
        resource: 'amd.com/spx_nps1',
        sharing: 'Whole',
        physicalCount: 4,
        memoryBytes: 192 * GIB,
      },
    ]);
  });

  it('leaves open what a device is when nobody names the mode', () => {
    const [pool] = recognisePools({
      labels: { 'amd.com/gpu.product-name': 'AMD_Instinct_MI300X_OAM' },
      capacity: { 'amd.com/gpu': 64 },
      allocatable: { 'amd.com/gpu': 64 },
    });
    expect(pool).toMatchObject({ memoryBytes: Math.round(191.98 * GIB) });
    expect(pool).not.toHaveProperty('physicalCount');
  });

  it('reads the older labels', () => {
    expect(pools(mi210Legacy)).toMatchObject([
      {
        product: 'AMD_Instinct_MI210',
        memoryBytes: 64 * GIB,
        physicalCount: 4,
      },
    ]);
  });

  it('does not guess the GPUs behind partitions of an unknown product', () => {
    const [pool] = recognisePools({
      labels: { 'amd.com/gpu.compute-memory-partition': 'CPX_NPS1' },
      capacity: { 'amd.com/gpu': 12 },
      allocatable: { 'amd.com/gpu': 12 },
    });
    expect(pool).toMatchObject({ sharing: 'Partition', profile: 'cpx_nps1' });
    expect(pool).not.toHaveProperty('physicalCount');
  });

  it('takes no product when older labels name several', () => {
    const [pool] = recognisePools({
      labels: {
        'beta.amd.com/gpu.product-name.AMD_Instinct_MI210': '2',
        'beta.amd.com/gpu.product-name.AMD_Instinct_MI300X': '2',
      },
      capacity: { 'amd.com/gpu': 4 },
      allocatable: { 'amd.com/gpu': 4 },
    });
    expect(pool).not.toHaveProperty('product');
  });
});
