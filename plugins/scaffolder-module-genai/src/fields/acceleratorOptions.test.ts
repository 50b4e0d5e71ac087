import type { GpuGroup } from '@promptside/backstage-plugin-genai-common';
import { acceleratorOptions } from './acceleratorOptions';

const group = (change: Partial<GpuGroup>): GpuGroup => ({
  cluster: 'demo',
  vendor: 'nvidia',
  resource: 'nvidia.com/gpu',
  sharing: 'Whole',
  product: 'NVIDIA-A30',
  nodeCount: 1,
  counts: { capacity: 4, allocatable: 4, allocated: 4, free: 0, unhealthy: 0 },
  schedulableFree: 0,
  largestFree: 0,
  ...change,
});

const productOf = (change: Partial<GpuGroup>) =>
  acceleratorOptions([group(change)], undefined)[0].value.product;

describe('acceleratorOptions', () => {
  it('names the product as pods select it', () => {
    expect(productOf({})).toBe('NVIDIA-A30');
    expect(productOf({ sharing: 'Mig', profile: '1g.6gb' })).toBe(
      'NVIDIA-A30-MIG-1g.6gb',
    );
    expect(
      productOf({
        sharing: 'Mig',
        profile: '1g.6gb',
        resource: 'nvidia.com/mig-1g.6gb',
      }),
    ).toBe('NVIDIA-A30');
    expect(productOf({ sharing: 'TimeSlicing' })).toBe('NVIDIA-A30-SHARED');
    expect(
      productOf({ sharing: 'Mps', resource: 'nvidia.com/gpu.shared' }),
    ).toBe('NVIDIA-A30');
    expect(productOf({ vendor: 'amd', sharing: 'Mps' })).toBe('NVIDIA-A30');
    expect(productOf({ product: undefined })).toBeUndefined();
  });

  it('tells whole GPUs and slices of the same resource apart', () => {
    const keys = acceleratorOptions(
      [group({}), group({ sharing: 'Mig', profile: '1g.6gb' })],
      undefined,
    ).map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it('does not take a Gaudi for an Intel GPU', () => {
    const gaudi = group({ vendor: 'intel', resource: 'habana.ai/gaudi' });
    const refusal = (platforms: string[]) =>
      acceleratorOptions([gaudi], { title: 'X', platforms })[0].refusal;
    expect(refusal(['intel'])).toBe('X has no image for Intel Gaudi.');
    expect(refusal(['gaudi'])).toBeUndefined();
  });
});
