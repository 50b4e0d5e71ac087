import type { PlanMemory } from '@promptside/backstage-plugin-genai-common';
import { memoryParts } from './memoryParts';

const GIB = 2 ** 30;

const memory: PlanMemory = {
  weightsBytes: 40 * GIB,
  weightsBytesPerGpu: 20 * GIB,
  kvBytesPerToken: 1,
  kvBytesAtContext: 8 * GIB,
  overheadBytesPerGpu: 4 * GIB,
  deviceBytes: 80 * GIB,
  budgetBytesPerGpu: 72 * GIB,
  kvPoolTokens: 96_000,
  maxConcurrencyRatio: 12,
  longestContext: 32_000,
};

const gibOf = (candidate: Parameters<typeof memoryParts>[0]) =>
  Object.fromEntries(
    memoryParts(candidate)!.parts.map(({ key, bytes }) => [key, bytes / GIB]),
  );

describe('memoryParts', () => {
  it('splits a GPU into parts that add up to the device', () => {
    expect(gibOf({ memory, gpuCount: 2 })).toEqual({
      weights: 20,
      engine: 4,
      kv: 4,
      kvLeft: 44,
      outside: 8,
    });
    expect(memoryParts({ memory, gpuCount: 2 })!.missingBytes).toBe(0);
  });

  it('tells how much is missing when not one sequence fits', () => {
    const tight = { ...memory, maxConcurrencyRatio: 0.5 };
    const parts = memoryParts({ memory: tight, gpuCount: 1 })!;
    // 48 GiB are left, a sequence takes 96.
    expect(parts.missingBytes / GIB).toBe(48);
    expect(parts.parts.map(({ key }) => key)).toEqual([
      'weights',
      'engine',
      'kv',
    ]);
  });

  it('takes the even share of a sequence when the weights alone are too much', () => {
    const heavy = {
      ...memory,
      weightsBytesPerGpu: 100 * GIB,
      maxConcurrencyRatio: 0,
    };
    expect(gibOf({ memory: heavy, gpuCount: 2 })).toEqual({
      weights: 100,
      engine: 4,
      kv: 4,
    });
  });

  it('calls what an engine without KV cache leaves free, and no cache', () => {
    const {
      kvPoolTokens: _,
      maxConcurrencyRatio: __,
      ...kept
    } = { ...memory, kvBytesAtContext: 0 };
    expect(gibOf({ memory: kept, gpuCount: 1 })).toEqual({
      weights: 20,
      engine: 4,
      outside: 56,
    });
  });

  it('is nothing where the device is not known', () =>
    expect(memoryParts({ gpuCount: 1 })).toBeUndefined());
});
