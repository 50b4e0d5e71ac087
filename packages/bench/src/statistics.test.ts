import { percentile, timing } from './statistics';

describe('percentile', () => {
  it('takes the nearest rank of samples in any order', () => {
    const samples = [50, 10, 40, 20, 30];
    expect(percentile(samples, 0.5)).toBe(30);
    expect(percentile(samples, 0.99)).toBe(50);
    expect(percentile(samples, 0)).toBe(10);
    expect(percentile([7], 0.5)).toBe(7);
  });

  it('has no answer without samples', () => {
    expect(() => percentile([], 0.5)).toThrow('no samples');
  });
});

describe('timing', () => {
  it('sums samples up', () => {
    const samples = Array.from({ length: 100 }, (_, n) => n + 1);
    expect(timing(samples)).toEqual({
      count: 100,
      p50Ms: 50,
      p99Ms: 99,
      maxMs: 100,
    });
  });
});
