import { ConfigReader } from '@backstage/config';
import { readPlanSettings } from './readPlanSettings';

const read = (genai: object) => readPlanSettings(new ConfigReader({ genai }));

describe('readPlanSettings', () => {
  it('has neither prices nor images nor a required quota unless they are configured', () => {
    expect(read({})).toEqual({ images: {}, requireQuota: false });
  });

  it('reads what is configured', () => {
    expect(
      read({
        prices: { currency: 'EUR', perHour: { 'nvidia.com/gpu': 1 } },
        images: { vllm: { 'nvidia/8.9': 'registry.example/vllm:v0.30.0' } },
        plan: { requireQuota: true },
      }),
    ).toEqual({
      prices: { currency: 'EUR', perHour: { 'nvidia.com/gpu': 1 } },
      images: { vllm: { 'nvidia/8.9': 'registry.example/vllm:v0.30.0' } },
      requireQuota: true,
    });
  });

  it.each([
    [{ plan: { requireQuota: 'always' } }, /genai\.plan\.requireQuota/],
    [{ images: { vllm: { nvidia: 'vllm:latest' } } }, /genai\.images\.vllm/],
    [{ prices: { currency: 'euro', perHour: {} } }, /genai\.prices\.currency/],
  ])('refuses %j, naming the key', (genai, message) => {
    expect(() => read(genai)).toThrow(message);
  });
});
