import { ConfigReader } from '@backstage/config';
import { readPlanSettings } from './readPlanSettings';

/** The settings, and whether our engines are among them. */
function read(genai: object) {
  const { engines, ...settings } = readPlanSettings(
    new ConfigReader({ genai }),
  );
  return { ...settings, ownEngines: engines.all().length > 0 };
}

describe('readPlanSettings', () => {
  it('has neither prices nor images nor a required quota unless they are configured', () => {
    expect(read({})).toEqual({
      images: {},
      requireQuota: false,
      ownEngines: true,
    });
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
      ownEngines: true,
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
