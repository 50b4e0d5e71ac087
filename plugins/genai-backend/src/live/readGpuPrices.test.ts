import { ConfigReader } from '@backstage/config';
import { readGpuPrices } from './readGpuPrices';

const read = (prices?: object) =>
  readGpuPrices(new ConfigReader({ genai: prices ? { prices } : {} }));

describe('readGpuPrices', () => {
  it('reads names with dots and slashes', () => {
    const prices = {
      currency: 'EUR',
      perHour: { 'NVIDIA-L4': 0.7, 'nvidia.com/mig-1g.10gb': 0.25 },
    };
    expect(read(prices)).toEqual(prices);
    expect(read()).toBeUndefined();
  });

  it.each([
    [{ currency: 'euro', perHour: {} }, /^genai\.prices\.currency: .*ISO 4217/],
    [
      { currency: 'EUR', perHour: { 'NVIDIA-L4': -1 } },
      /^genai\.prices\.perHour\.NVIDIA-L4: /,
    ],
    [{ currency: 'EUR', perHours: {} }, /^genai\.prices/],
  ])('refuses %j, naming the key', (prices, message) => {
    expect(() => read(prices)).toThrow(message);
  });
});
