import type {
  ClusterStatus,
  StoreSample,
} from '@promptside/backstage-plugin-genai-common';
import { FakeClock } from '../__testUtils__/FakeClock';
import {
  chromaObjects,
  putObjects,
  stateOf,
} from '../__testUtils__/storeCluster';
import { createStoreHistory } from './createStoreHistory';
import { createSeries } from './storeSeries';

const START = Date.parse('2026-11-02T08:00:00Z');
const MINUTE = 60_000;

describe('createSeries', () => {
  const sample = (minute: number, more: Partial<StoreSample> = {}) => ({
    at: new Date(START + minute * MINUTE).toISOString(),
    state: 'Healthy' as const,
    ...more,
  });

  it('keeps the worst of a step and its last numbers', () => {
    const series = createSeries(5 * MINUTE, 60 * MINUTE);
    series.add(sample(0, { usedRatio: 0.1, latencyMs: 4 }));
    series.add(sample(1, { state: 'Down', latencyMs: 900, vectorCount: 7 }));
    series.add(sample(2, { state: 'Degraded', usedRatio: 0.2, latencyMs: 5 }));
    series.add(sample(5));
    expect(series.read(START + 5 * MINUTE).samples).toEqual([
      sample(0, {
        state: 'Down',
        usedRatio: 0.2,
        latencyMs: 900,
        vectorCount: 7,
      }),
      sample(5),
    ]);
  });

  it('is bounded in number and in time', () => {
    const series = createSeries(5 * MINUTE, 60 * MINUTE);
    for (let minute = 0; minute < 1_000; minute += 5)
      series.add(sample(minute));
    const { samples } = series.read(START + 995 * MINUTE);
    expect(samples).toHaveLength(13);
    expect(samples[0]).toEqual(sample(935));
    expect(series.read(START + 1_030 * MINUTE).samples).toHaveLength(6);
    expect(series.read(START + 2_000 * MINUTE).samples).toEqual([]);
  });
});

describe('createStoreHistory', () => {
  function historyOf(
    options: { intervalMs?: number; maxStores?: number } = {},
  ) {
    const clock = new FakeClock();
    const stopped = new AbortController();
    const state = stateOf(chromaObjects());
    const status: ClusterStatus = { name: 'one', state: 'Live', version: 1 };
    const history = createStoreHistory({
      view: () => ({ states: [state], clusters: [status] }),
      knowledge: () => ({ now: clock.now() }),
      intervalMs: 30_000,
      clock,
      signal: stopped.signal,
      ...options,
    });
    const running = history.run();
    return {
      clock,
      state,
      status,
      history,
      find: (uid = 'sts-docs') => history.find('one', uid),
      stop: async () => {
        stopped.abort();
        await running;
        clock.assertIdle();
      },
    };
  }

  it('takes a sample with each round of probes', async () => {
    const test = historyOf();
    await test.clock.advance(60_000);
    const { lastHour, lastDay } = test.find();
    expect(lastHour.samples).toHaveLength(3);
    expect(lastHour.samples[0]).toMatchObject({ state: 'Healthy' });
    expect(lastDay.stepMs).toBe(300_000);
    expect(lastDay.samples.length).toBeLessThanOrEqual(2);
    expect(test.history.revision).toBe(3);
    await test.stop();
  });

  it('says nothing of the time in which the cluster was not seen', async () => {
    const test = historyOf();
    test.status.state = 'Stale';
    await test.clock.advance(60_000);
    expect(test.find().lastHour.samples).toHaveLength(1);
    test.status.state = 'Live';
    await test.clock.advance(30_000);
    expect(test.find().lastHour.samples).toHaveLength(2);
    await test.stop();
  });

  it('is no finer than 15 seconds and no coarser than the probes', async () => {
    const fine = historyOf({ intervalMs: 5_000 });
    expect(fine.find().lastHour.stepMs).toBe(15_000);
    await fine.stop();
    const coarse = historyOf({ intervalMs: 600_000 });
    expect(coarse.find().lastHour.stepMs).toBe(600_000);
    expect(coarse.find().lastDay.stepMs).toBe(600_000);
    await coarse.stop();
  });

  it('forgets stores that are gone when there are too many', async () => {
    const test = historyOf({ maxStores: 1 });
    const [store] = chromaObjects().statefulsets;
    const { metadata } = store as { metadata: object };
    await test.clock.advance(30_000);
    putObjects(test.state, {
      statefulsets: [{ ...store, metadata: { ...metadata, uid: 'later' } }],
    });
    await test.clock.advance(30_000);
    expect(test.find().lastHour.samples).toEqual([]);
    expect(test.find('later').lastHour.samples).toHaveLength(1);
    await test.stop();
  });
});
