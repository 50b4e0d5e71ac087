import type { AcceleratorPool } from '../../facts';
import { projectNode } from '../../facts/projectNode';
import gaudi from '../__fixtures__/habana-device-plugin/gaudi.json';
import bothDrivers from '../__fixtures__/intel-device-plugins-0.35/both-drivers.json';
import flex170 from '../__fixtures__/intel-device-plugins-0.35/flex170-i915.json';
import max1550 from '../__fixtures__/intel-device-plugins-0.35/max1550-xe-shared.json';

const GIB = 2 ** 30;

function pools(raw: unknown): readonly AcceleratorPool[] {
  const fact = projectNode(raw);
  if (!fact) throw new Error('the node left no fact');
  return fact.pools;
}

describe('devices of Intel nodes', () => {
  it('takes memory from the product table and leaves monitoring out', () => {
    expect(pools(flex170)).toEqual([
      {
        vendor: 'intel',
        resource: 'gpu.intel.com/i915',
        sharing: 'Whole',
        product: 'Flex_170',
        memoryBytes: 14 * GIB,
        physicalCount: 2,
        capacity: 2,
        allocatable: 2,
      },
    ]);
  });

  it('sees that sharedDevNum multiplies', () => {
    expect(pools(max1550)).toMatchObject([
      {
        resource: 'gpu.intel.com/xe',
        sharing: 'Shared',
        physicalCount: 4,
        replicas: 10,
        capacity: 40,
      },
    ]);
  });

  it('does not divide one device count among two drivers', () => {
    for (const pool of pools(bothDrivers)) {
      expect(pool.sharing).toBe('Whole');
      expect(pool).not.toHaveProperty('physicalCount');
    }
  });

  it('counts Gaudi cards', () => {
    expect(pools(gaudi)).toEqual([
      {
        vendor: 'intel',
        resource: 'habana.ai/gaudi',
        sharing: 'Whole',
        physicalCount: 8,
        capacity: 8,
        allocatable: 7,
      },
    ]);
  });
});
