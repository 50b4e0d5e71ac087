import { statusAnswer } from '../__testUtils__/FakeTransport';
import { FakeClock, settle } from '../__testUtils__/FakeClock';
import {
  chromaObjects,
  stateOf,
  transportOf,
} from '../__testUtils__/storeCluster';
import { createVolumeStats } from './createVolumeStats';
import { daysToFull } from './daysToFull';

const HOUR = 3_600_000;
const GB = 1e9;

describe('daysToFull', () => {
  const hourly = (...used: number[]) =>
    used.map((gb, hour) => ({ at: hour * HOUR, usedBytes: gb * GB }));
  const now = { usedBytes: 50 * GB, capacityBytes: 74 * GB };

  it('follows the pace of the samples', () => {
    expect(daysToFull(hourly(47, 48, 49, 50), now)).toBeCloseTo(1);
  });

  it.each([
    ['nothing', []],
    ['one sample', hourly(50)],
    ['an hour', hourly(49, 50)],
    ['no growth', hourly(50, 50, 50)],
    ['what shrinks', hourly(52, 51, 50)],
    ['more than a year', hourly(50, 50.0005, 50.001)],
  ])('says nothing of %s', (_, samples) => {
    expect(daysToFull(samples, now)).toBeUndefined();
  });
});

describe('createVolumeStats', () => {
  function statsOf(answer: () => Response) {
    const clock = new FakeClock();
    const stopped = new AbortController();
    const transport = transportOf(answer);
    const faults: string[] = [];
    const changes: string[] = [];
    const stats = createVolumeStats({
      transport,
      states: () => [stateOf(chromaObjects())],
      intervalMs: 60_000,
      clock,
      signal: stopped.signal,
      onChange: cluster => changes.push(cluster),
      onFault: (cluster, message) => faults.push(`${cluster} ${message}`),
    });
    const running = stats.run();
    return {
      clock,
      faults,
      changes,
      stats,
      asked: transport.asked,
      fill: () => stats.find('one', 'team-a', 'data-docs-0'),
      stop: async () => {
        stopped.abort();
        await running;
      },
    };
  }

  const summary = {
    pods: [
      {
        podRef: { name: 'docs-0', namespace: 'team-a' },
        volume: [
          {
            name: 'data',
            usedBytes: 850,
            capacityBytes: 1000,
            pvcRef: { name: 'data-docs-0', namespace: 'team-a' },
          },
          { name: 'tmp', usedBytes: 1, capacityBytes: 2 },
        ],
      },
    ],
  };

  it('asks the nodes of stores alone', async () => {
    const test = statsOf(() => Response.json(summary));
    await settle();
    expect(test.asked.map(({ path }) => path)).toEqual([
      '/api/v1/nodes/n1/proxy/stats/summary',
    ]);
    expect(test.fill()).toMatchObject({ usedBytes: 850, capacityBytes: 1000 });
    expect(test.fill()?.measuredAt).toMatch(/^20\d\d-.*Z$/);
    await test.stop();
  });

  it('tells when another percentage is in use, and no more than that', async () => {
    let usedBytes = 850;
    const test = statsOf(() => {
      const [pod] = summary.pods;
      const [data] = pod.volume;
      return Response.json({
        pods: [{ ...pod, volume: [{ ...data, usedBytes }] }],
      });
    });
    await settle();
    expect(test.changes).toEqual(['one']);
    usedBytes = 855;
    await test.clock.advance(60_000);
    expect(test.fill()).toMatchObject({ usedBytes: 855 });
    expect(test.changes).toHaveLength(1);
    usedBytes = 970;
    await test.clock.advance(60_000);
    expect(test.changes).toHaveLength(2);
    expect(test.stats.revision).toBe(3);
    await test.stop();
  });

  it('knows nothing without the right, and says why', async () => {
    const test = statsOf(() => statusAnswer(403, 'Forbidden', 'no'));
    await settle();
    expect(test.fill()).toBeUndefined();
    expect(test.faults).toEqual(['one n1: Forbidden: no']);
    await test.stop();
  });

  it('forgets what is not measured any more', async () => {
    let answer = () => Response.json(summary);
    const test = statsOf(() => answer());
    await settle();
    answer = () => new Response('<html>');
    await test.clock.advance(180_000);
    expect(test.fill()).toBeDefined();
    await test.clock.advance(60_000);
    expect(test.fill()).toBeUndefined();
    await test.stop();
  });
});
