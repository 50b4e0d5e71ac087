import { createBackoff } from './backoff';

describe('createBackoff', () => {
  it('doubles up to the ceiling and starts again after a reset', () => {
    const backoff = createBackoff({
      minMs: 1000,
      maxMs: 30_000,
      random: () => 1,
    });
    const delays = Array.from({ length: 8 }, () => backoff.nextMs());
    expect(delays).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ]);
    backoff.reset();
    expect(backoff.nextMs()).toBe(1000);
  });

  it('spreads the delays over the upper half, and never falls below the shortest', () => {
    const lowest = createBackoff({
      minMs: 1000,
      maxMs: 30_000,
      random: () => 0,
    });
    expect([lowest.nextMs(), lowest.nextMs(), lowest.nextMs()]).toEqual([
      1000, 1000, 2000,
    ]);
  });

  it('stays at the ceiling however long a fault lasts', () => {
    const backoff = createBackoff({
      minMs: 1000,
      maxMs: 30_000,
      random: () => 1,
    });
    for (let i = 0; i < 5000; i += 1) backoff.nextMs();
    expect(backoff.nextMs()).toBe(30_000);
  });
});
