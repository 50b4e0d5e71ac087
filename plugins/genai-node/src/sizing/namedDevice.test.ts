import { namedDevice } from './namedDevice';

const GIB = 2 ** 30;

describe('namedDevice', () => {
  it.each([
    ['NVIDIA-H100-80GB-HBM3', 'H100 SXM'],
    ['NVIDIA H100 80GB HBM3', 'H100 SXM'],
    ['H100', 'H100 SXM'],
    ['h100 80 GB', 'H100 SXM'],
    ['H100 PCIe', 'H100 PCIe'],
    ['H100 NVL', 'H100 NVL'],
    ['A100-SXM4-80GB', 'A100 80GB'],
    ['A100 80G', 'A100 80GB'],
    ['NVIDIA A100-PCIE-40GB', 'A100 40GB'],
    ['T4', 'T4'],
    ['Tesla T4', 'T4'],
    ['T4 16GB', 'T4'],
    ['L4', 'L4'],
    ['NVIDIA L4 24 GB', 'L4'],
    ['RTX A6000', 'RTX A6000'],
    ['A6000', 'RTX A6000'],
    ['4090', 'GeForce RTX 4090'],
    ['A800-SXM4-80GB', 'A800 80GB'],
    ['H800', 'H800'],
    ['L40', 'L40'],
    ['NVIDIA L40S', 'L40S'],
    ['A10G', 'A10G'],
    ['A10', 'A10'],
    ['NVIDIA GeForce RTX 3090', 'GeForce RTX 3090'],
    ['RTX 4090', 'GeForce RTX 4090'],
    ['Tesla V100-SXM2-32GB', 'V100 32GB'],
    ['H200', 'H200'],
    ['H20', 'H20'],
    ['B200', 'B200'],
    ['MI300X', 'Instinct MI300X'],
    ['AMD Instinct MI300X', 'Instinct MI300X'],
    ['Max 1550', 'Data Center GPU Max 1550'],
    ['Gaudi2', 'Gaudi 2'],
    ['Intel Gaudi 3', 'Gaudi 3'],
    ['Arc Pro B60', 'Arc Pro B60'],
  ])('knows %s as %s', (gpu, name) => {
    const device = namedDevice(gpu);
    expect(device.product?.name).toBe(name);
    expect(device.memoryBytes).toBe(device.product!.visibleMemoryGib! * GIB);
  });

  it.each([
    [24, 24],
    ['79.6', 79.6],
    ['22.5 GiB', 22.5],
  ])('takes %p for visible memory', (gpu, gib) => {
    expect(namedDevice(gpu)).toMatchObject({ memoryBytes: gib * GIB });
    expect(namedDevice(gpu).product).toBeUndefined();
  });

  it('knows slices by their profile', () => {
    const slice = namedDevice('NVIDIA-A100-SXM4-80GB-MIG-3g.40gb');
    expect(slice).toMatchObject({
      sharing: 'Mig',
      product: { name: 'A100 80GB' },
    });
    expect(slice.memoryBytes! / GIB).toBeCloseTo(39.6, 1);
  });

  it.each(['A100', 'V100'])('does not choose between two kinds of %s', gpu => {
    const device = namedDevice(gpu);
    expect(device.memoryBytes).toBeUndefined();
    expect(device.ambiguous).toMatch(/GB or .*GB/);
  });

  it.each(['Voodoo 2', 'A1000', 'RTX', 'H20 141GB'])(
    'knows no memory of the unknown %s',
    gpu => {
      expect(namedDevice(gpu)).toEqual({
        vendor: 'nvidia',
        sharing: 'Whole',
        name: gpu,
      });
    },
  );
});
