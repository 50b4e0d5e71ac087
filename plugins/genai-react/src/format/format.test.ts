import {
  formatAge,
  formatBytes,
  formatCount,
  formatDevice,
  formatPrice,
  formatProduct,
  formatQuantity,
  formatShortCount,
} from './index';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1018.2 * 2 ** 20, '1 GiB'],
    [1536, '1.5 KiB'],
    [85_899_345_920, '80 GiB'],
    [18_488_000_000, '17.2 GiB'],
    [2 ** 60, '1024 PiB'],
  ])('%d is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('leaves the unknown absent', () => {
    expect(formatBytes(undefined)).toBeUndefined();
    expect(formatBytes(Number.NaN as number | undefined)).toBeUndefined();
  });
});

describe('formatAge', () => {
  const now = new Date('2026-05-05T12:00:00Z');
  it.each([
    ['2026-05-05T11:59:48Z', '12 s'],
    ['2026-05-05T11:00:01Z', '59 min'],
    ['2026-05-04T11:00:00Z', '25 h'],
    ['2026-05-01T12:00:00Z', '4 d'],
    ['2026-05-05T12:00:30Z', '0 s'],
  ])('%s was %s ago', (at, text) => expect(formatAge(at, now)).toBe(text));

  it('leaves the unknown and the unreadable absent', () => {
    expect(formatAge(undefined, now)).toBeUndefined();
    expect(formatAge('yesterday', now)).toBeUndefined();
  });
});

describe('counts', () => {
  it('separate thousands and agree with their noun', () => {
    expect(formatCount(8000)).toBe('8,000');
    expect(formatQuantity(1, 'pod')).toBe('1 pod');
    expect(formatQuantity(2, 'entity', 'entities')).toBe('2 entities');
    expect(formatShortCount(7_241_732_096)).toBe('7.2B');
  });
});

describe('formatPrice', () => {
  it.each([
    [{ amount: 1.4, currency: 'EUR' }, 'EUR 1.40'],
    [{ amount: 1234.5, currency: 'USD' }, 'USD 1,234.50'],
    [{ amount: 0.0625, currency: 'USD' }, 'USD 0.0625'],
  ])('%j is %s', (price, text) => expect(formatPrice(price)).toBe(text));
});

describe('formatProduct', () => {
  it.each([
    ['nvidia', 'NVIDIA-H100-80GB-HBM3', 'H100 80GB HBM3'],
    ['amd', 'AMD_Instinct_MI300X_OAM', 'Instinct MI300X OAM'],
    ['intel', 'Max_1550', 'Max 1550'],
    ['nvidia', 'NVIDIA', 'NVIDIA'],
  ] as const)('%s %s is %s', (vendor, product, text) =>
    expect(formatProduct({ vendor, product, resource: 'r' })).toBe(text),
  );

  it('names the resource where no label tells the product', () => {
    const gpu = { vendor: 'intel', resource: 'gpu.intel.com/i915' } as const;
    expect(formatProduct(gpu)).toBe('gpu.intel.com/i915');
  });

  it('adds the profile of a slice', () => {
    expect(
      formatDevice({
        vendor: 'nvidia',
        product: 'NVIDIA-A100-SXM4-80GB',
        profile: '1g.10gb',
        resource: 'nvidia.com/mig-1g.10gb',
      }),
    ).toBe('A100 SXM4 80GB · 1g.10gb');
  });
});
