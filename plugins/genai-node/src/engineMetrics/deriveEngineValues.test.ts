import type { EngineReading, LatencyTotals } from './EngineReading';
import { deriveEngineValues } from './deriveEngineValues';

const measured = (value: unknown) => ({ value, grade: 'measured' });

const latency = (
  sumMs: number,
  [below10, below20, all]: [number, number, number],
): LatencyTotals => ({
  sumMs,
  count: all,
  buckets: [
    { boundMs: 10, count: below10 },
    { boundMs: 20, count: below20 },
    { boundMs: Infinity, count: all },
  ],
});

const over10s = (before: EngineReading, after: EngineReading) => ({
  before,
  after,
  windowMs: 10_000,
});

describe('deriveEngineValues', () => {
  it('tells gauges of a first reading, and neither rates nor latencies', () => {
    const after = {
      runningRequestCount: 3,
      waitingRequestCount: 0,
      kvCacheUsageRatio: 0.5,
      generatedTokenCount: 1_000,
      timeToFirstToken: latency(500, [10, 20, 20]),
    };
    expect(deriveEngineValues([{ after }])).toEqual({
      runningRequestCount: measured(3),
      waitingRequestCount: measured(0),
      kvCacheUsageRatio: measured(0.5),
    });
  });

  it('tells rates and latencies of the window alone', () => {
    const values = deriveEngineValues([
      over10s(
        {
          promptTokenCount: 1_000,
          generatedTokenCount: 500,
          timeToFirstToken: latency(100_000, [0, 0, 100]),
        },
        {
          promptTokenCount: 3_000,
          generatedTokenCount: 600,
          timeToFirstToken: latency(100_060, [1, 3, 104]),
        },
      ),
    ]);
    expect(values).toEqual({
      promptTokensPerSecond: measured(200),
      generatedTokensPerSecond: measured(10),
      timeToFirstToken: {
        meanMs: measured(15),
        p50Ms: measured(15),
        p95Ms: measured(20),
      },
    });
  });

  it('tells zero tokens and no latency of an engine that nobody asked', () => {
    const idle = {
      generatedTokenCount: 500,
      interTokenLatency: latency(60, [1, 3, 4]),
    };
    expect(deriveEngineValues([over10s(idle, idle)])).toEqual({
      generatedTokensPerSecond: measured(0),
    });
  });

  it('tells nothing across a restart of the engine', () => {
    expect(
      deriveEngineValues([
        over10s(
          {
            generatedTokenCount: 500,
            interTokenLatency: latency(60, [1, 3, 4]),
          },
          {
            generatedTokenCount: 20,
            interTokenLatency: latency(80, [0, 3, 5]),
          },
        ),
      ]),
    ).toEqual({});
  });

  it('adds requests, tokens and latencies of all pods, and takes the mean of cache use', () => {
    expect(
      deriveEngineValues([
        over10s(
          { generatedTokenCount: 0, interTokenLatency: latency(0, [0, 0, 0]) },
          {
            runningRequestCount: 1,
            kvCacheUsageRatio: 0.25,
            generatedTokenCount: 100,
            interTokenLatency: latency(30, [1, 1, 1]),
          },
        ),
        over10s(
          { generatedTokenCount: 50, interTokenLatency: latency(9, [1, 1, 1]) },
          {
            runningRequestCount: 4,
            kvCacheUsageRatio: 0.75,
            generatedTokenCount: 100,
            interTokenLatency: latency(39, [1, 4, 4]),
          },
        ),
      ]),
    ).toEqual({
      runningRequestCount: measured(5),
      kvCacheUsageRatio: measured(0.5),
      generatedTokensPerSecond: measured(15),
      interTokenLatency: {
        meanMs: measured(15),
        p50Ms: measured(expect.closeTo(13.3333, 3)),
        p95Ms: measured(expect.closeTo(19.3333, 3)),
      },
    });
  });

  it('gives no sum of rates while a pod cannot tell its own', () => {
    const known = over10s(
      { generatedTokenCount: 0 },
      { generatedTokenCount: 100 },
    );
    const fresh = { after: { generatedTokenCount: 7 } };
    expect(deriveEngineValues([known, fresh])).toEqual({});
    expect(deriveEngineValues([known, { after: {} }])).toEqual({
      generatedTokensPerSecond: measured(10),
    });
  });

  it('gives no quantile of histograms with different bounds', () => {
    const other = (sumMs: number, count: number): LatencyTotals => ({
      sumMs,
      count,
      buckets: [{ boundMs: Infinity, count }],
    });
    expect(
      deriveEngineValues([
        over10s(
          { timeToFirstToken: latency(0, [0, 0, 0]) },
          { timeToFirstToken: latency(10, [1, 1, 1]) },
        ),
        over10s(
          { timeToFirstToken: other(0, 0) },
          { timeToFirstToken: other(30, 1) },
        ),
      ]),
    ).toEqual({ timeToFirstToken: { meanMs: measured(20) } });
  });

  it('takes the engine’s own throughput where it counts no tokens', () => {
    expect(
      deriveEngineValues([{ after: { generatedTokensPerSecond: 81.5 } }]),
    ).toEqual({ generatedTokensPerSecond: measured(81.5) });
  });

  it('tells nothing of nobody', () => {
    expect(deriveEngineValues([])).toEqual({});
  });
});
