import fc from 'fast-check';
import { readAcceleratorResource, recognisePools } from './registry';

describe('resource names', () => {
  it.each([
    ['nvidia.com/mig-1g.10gb.me', 'Mig', '1g.10gb.me'],
    ['nvidia.com/mig-3g.40gb.shared', 'TimeSlicing', '3g.40gb'],
    ['amd.com/dpx_nps2', 'Partition', 'dpx_nps2'],
    ['amd.com/spx_nps1', 'Whole', 'spx_nps1'],
  ])('reads %s', (resource, sharing, profile) => {
    expect(readAcceleratorResource(resource)).toMatchObject({
      sharing,
      profile,
    });
  });

  it.each([
    'cpu',
    'nvidia.com/gpumem',
    'nvidia.com/mig-',
    'gpu.intel.com/monitoring',
    'gpu.intel.com/i915_monitoring',
    'gpu.intel.com/millicores',
    'gpu.intel.com/tiles',
    'amd.com/gpu-memory',
    'rdma/hca',
  ])('takes %s for no accelerator', resource => {
    expect(readAcceleratorResource(resource)).toBeUndefined();
  });

  it('never counts more than the node offers, whatever its labels say', () => {
    const label = fc.constantFrom(
      'nvidia.com/gpu.product',
      'nvidia.com/gpu.count',
      'nvidia.com/gpu.replicas',
      'nvidia.com/gpu.memory',
      'nvidia.com/gpu.sharing-strategy',
      'nvidia.com/mig.strategy',
      'amd.com/gpu.vram',
      'amd.com/gpu.compute-memory-partition',
      'gpu.intel.com/device.count',
      'gpu.intel.com/product',
    );
    const resource = fc.constantFrom(
      'nvidia.com/gpu',
      'nvidia.com/gpu.shared',
      'nvidia.com/mig-1g.10gb',
      'amd.com/gpu',
      'amd.com/cpx_nps1',
      'gpu.intel.com/xe',
      'gpu.intel.com/i915',
    );
    fc.assert(
      fc.property(
        fc.dictionary(label, fc.oneof(fc.string(), fc.nat(9).map(String))),
        fc.dictionary(resource, fc.nat(64)),
        (labels, devices) => {
          const found = recognisePools({
            labels,
            capacity: devices,
            allocatable: devices,
          });
          for (const pool of found) {
            expect(pool.capacity).toBe(devices[pool.resource]);
            expect(pool.memoryBytes ?? 1).toBeGreaterThan(0);
          }
          expect(found.map(pool => pool.resource).sort()).toEqual(
            Object.keys(devices)
              .filter(name => devices[name] > 0)
              .sort(),
          );
        },
      ),
    );
  });
});
