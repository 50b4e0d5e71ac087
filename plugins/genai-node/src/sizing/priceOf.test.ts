import { H100, L4 } from './__fixtures__/gpuNodes';
import { LLAMA_8B, plan } from './__fixtures__/plan';
import { priceOf, withPrices } from './priceOf';

const prices = {
  currency: 'EUR',
  perHour: {
    'NVIDIA-L4': 0.7,
    'nvidia.com/gpu': 2,
    'nvidia.com/mig-1g.10gb': 0.25,
  },
};
const candidate = plan({ model: LLAMA_8B, gpuCount: 1 }, [L4]).choice!;

describe('priceOf', () => {
  it('counts the GPUs of all replicas', () => {
    expect(priceOf({ ...candidate, gpuCount: 2 }, 3, prices)).toEqual({
      amount: 4.2,
      currency: 'EUR',
    });
  });

  it('prices slices by their resource, never as the whole GPU they are cut from', () => {
    const slice = {
      ...candidate,
      sharing: 'Mig' as const,
      resource: 'nvidia.com/mig-1g.10gb',
    };
    expect(priceOf(slice, 1, prices)?.amount).toBe(0.25);
    expect(
      priceOf({ ...slice, resource: 'nvidia.com/mig-2g.20gb' }, 1, prices),
    ).toBeUndefined();
  });

  it('does not take the price of a whole GPU for a slot of it', () => {
    const slot = { ...candidate, sharing: 'TimeSlicing' as const };
    expect(priceOf(slot, 1, prices)).toBeUndefined();
    expect(
      priceOf({ ...slot, resource: 'nvidia.com/gpu.shared' }, 1, {
        currency: 'EUR',
        perHour: { 'nvidia.com/gpu.shared': 0.1 },
      })?.amount,
    ).toBe(0.1);
  });

  it('falls back to the resource for a product without a price', () => {
    expect(
      priceOf({ ...candidate, product: 'NVIDIA-H100' }, 1, prices)?.amount,
    ).toBe(2);
  });

  it('says nothing where the table says nothing', () => {
    expect(
      priceOf(candidate, 1, { currency: 'EUR', perHour: {} }),
    ).toBeUndefined();
  });
});

describe('withPrices', () => {
  const answer = plan({ model: LLAMA_8B, replicas: 2 }, [L4, H100]);

  it('prices the choice and every other way', () => {
    const priced = withPrices(answer, prices);
    expect(priced.choice?.pricePerHour).toEqual({
      amount: 1.4 * priced.choice!.gpuCount,
      currency: 'EUR',
    });
    expect(priced.alternatives.length).toBeGreaterThan(0);
    for (const way of priced.alternatives) {
      expect(way.pricePerHour?.currency).toBe('EUR');
    }
  });

  it('leaves a plan alone without a table', () => {
    expect(withPrices(answer, undefined)).toBe(answer);
  });
});
