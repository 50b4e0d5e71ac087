import {
  ACCELERATOR_PRODUCTS,
  findProduct,
  productMemoryBytes,
} from './products';

describe('products', () => {
  it.each([
    ['nvidia', 'Tesla-T4', 'T4', false, false],
    ['nvidia', 'Tesla-V100-SXM2-16GB', 'V100 16GB', false, false],
    ['nvidia', 'Tesla-V100-SXM2-32GB', 'V100 32GB', false, false],
    ['nvidia', 'NVIDIA-A10', 'A10', true, false],
    ['nvidia', 'NVIDIA-A10G', 'A10G', true, false],
    ['nvidia', 'NVIDIA-A100-SXM4-40GB', 'A100 40GB', true, false],
    ['nvidia', 'NVIDIA-A100-80GB-PCIe', 'A100 80GB', true, false],
    ['nvidia', 'NVIDIA-L4', 'L4', true, true],
    ['nvidia', 'NVIDIA-L40S', 'L40S', true, true],
    ['nvidia', 'NVIDIA-H100-80GB-HBM3', 'H100 SXM', true, true],
    ['nvidia', 'NVIDIA-H100-PCIe', 'H100 PCIe', true, true],
    ['nvidia', 'NVIDIA-H100-NVL', 'H100 NVL', true, true],
    ['nvidia', 'NVIDIA-H200', 'H200', true, true],
    ['nvidia', 'NVIDIA-H20', 'H20', true, true],
    ['nvidia', 'NVIDIA-GH200-480GB', 'GH200 96GB', true, true],
    ['nvidia', 'NVIDIA-B200', 'B200', true, true],
    ['amd', 'AMD_Instinct_MI300X_OAM', 'Instinct MI300X', true, true],
    ['amd', 'AMD_Instinct_MI210', 'Instinct MI210', true, false],
    ['intel', 'Max_1550', 'Data Center GPU Max 1550', true, false],
    ['intel', 'Flex_170', 'Data Center GPU Flex 170', true, false],
  ] as const)('knows %s %s as %s', (vendor, label, name, bf16, fp8) => {
    expect(findProduct(vendor, label)).toMatchObject({ name, bf16, fp8 });
  });

  it('knows nothing of foreign labels', () => {
    expect(findProduct('nvidia', 'NVIDIA-A10-24Q')).toBeUndefined();
    expect(findProduct('amd', 'NVIDIA-L4')).toBeUndefined();
    expect(findProduct('nvidia', undefined)).toBeUndefined();
    expect(productMemoryBytes('nvidia', 'NVIDIA-GB10')).toBeUndefined();
  });

  it('gives memory in bytes', () => {
    expect(productMemoryBytes('nvidia', 'NVIDIA-L4')).toBe(22 * 2 ** 30);
  });

  it('has no product with more memory than sold', () => {
    for (const product of ACCELERATOR_PRODUCTS) {
      const { visibleMemoryGib, nominalMemoryGb } = product;
      // Vendors sell in either unit, so GiB may equal the number on the box and never exceed it.
      expect(visibleMemoryGib ?? 0).toBeLessThanOrEqual(nominalMemoryGb);
    }
  });

  it('names every product once', () => {
    const names = ACCELERATOR_PRODUCTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
