import { ConfigReader } from '@backstage/config';
import { statusAnswer } from '../__testUtils__/FakeTransport';
import { FakeClock, settle } from '../__testUtils__/FakeClock';
import {
  answerChroma,
  chromaObjects,
  putObjects,
  stateOf,
  transportOf,
  type Asked,
} from '../__testUtils__/storeCluster';
import { createStoreProber } from './createStoreProber';
import { readVectorStoresConfig } from './vectorStoresConfig';

const START = 1_500;

/** A prober of one Chroma whose proxy answers by `answer`, with half of every chance. */
function proberOf(
  answer: (asked: Asked) => Response | Promise<Response>,
  objects = chromaObjects(),
) {
  const clock = new FakeClock();
  const stopped = new AbortController();
  const transport = transportOf(answer);
  const state = stateOf(objects);
  const changes: string[] = [];
  const prober = createStoreProber({
    transport,
    states: () => [state],
    config: readVectorStoresConfig(new ConfigReader({})),
    clock,
    random: () => 0.5,
    signal: stopped.signal,
    onChange: cluster => changes.push(cluster),
  });
  const running = prober.run();
  return {
    clock,
    prober,
    state,
    changes,
    asked: transport.asked,
    probe: () => prober.find('one', 'sts-docs'),
    reachable: () =>
      prober
        .find('one', 'sts-docs')
        ?.readings[0].checks.find(({ name }) => name === 'Reachable'),
    stop: async () => {
      stopped.abort();
      await running;
      clock.assertIdle();
    },
  };
}

describe('createStoreProber', () => {
  it('asks the Service that leads to the port, by GET alone', async () => {
    const test = proberOf(answerChroma);
    expect(test.probe()).toBeUndefined();
    await test.clock.advance(START);
    await settle();
    expect(test.probe()?.readings).toEqual([
      expect.objectContaining({
        collectionCount: 1,
        reportedVersion: '1.5.3',
        collections: [
          expect.objectContaining({
            name: 'handbook',
            dimension: 384,
            count: { value: 7, grade: 'measured' },
          }),
        ],
      }),
    ]);
    expect(test.asked[0]).toEqual({
      path: '/api/v1/namespaces/team-a/services/docs:80/proxy/api/v2/heartbeat',
      method: 'GET',
    });
    expect(test.changes).toEqual(['one']);
    await test.stop();
  });

  it('asks again after the interval, and tells only what changed', async () => {
    let answer: (asked: Asked) => Response = answerChroma;
    const test = proberOf(asked => answer(asked));
    await test.clock.advance(START);
    const first = test.asked.length;
    await test.clock.advance(28_000);
    expect(test.asked).toHaveLength(first);
    await test.clock.advance(3_000);
    expect(test.asked).toHaveLength(2 * first);
    expect(test.prober.revision).toBe(2);
    expect(test.changes).toHaveLength(1);
    answer = () =>
      statusAnswer(
        503,
        'ServiceUnavailable',
        'no endpoints available for service "docs"',
      );
    await test.clock.advance(31_000);
    expect(test.reachable()).toMatchObject({
      outcome: 'Fail',
      impact: 'Down',
      message: 'no endpoints available for service "docs"',
    });
    expect(test.changes).toHaveLength(2);
    // a store that is away keeps its pace, so that its return is seen
    answer = answerChroma;
    await test.clock.advance(31_000);
    expect(test.reachable()?.outcome).toBe('Pass');
    await test.stop();
  });

  it('gives up on a store that says nothing, and is degraded by it', async () => {
    const test = proberOf(() => new Promise<Response>(() => {}));
    await test.clock.advance(START);
    await test.clock.advance(5_000);
    expect(test.reachable()).toMatchObject({
      outcome: 'Fail',
      impact: 'Degraded',
      reason: 'Timeout',
    });
    await test.stop();
  });

  it('asks less and less where it may not, and at once when the pods change', async () => {
    const test = proberOf(() =>
      statusAnswer(403, 'Forbidden', 'cannot get services/proxy'),
    );
    await test.clock.advance(START);
    expect(test.reachable()).toMatchObject({
      outcome: 'Unknown',
      reason: 'Forbidden',
    });
    const first = test.asked.length;
    await test.clock.advance(58_000);
    expect(test.asked).toHaveLength(first);
    await test.clock.advance(5_000);
    expect(test.asked).toHaveLength(2 * first);
    await test.clock.advance(60_000);
    expect(test.asked).toHaveLength(2 * first);
    putObjects(test.state, { pods: [] });
    await test.clock.advance(1_000);
    expect(test.asked).toHaveLength(3 * first);
    await test.stop();
  });

  it('does not blame the store for a cluster that is away', async () => {
    const test = proberOf(() =>
      Response.json(
        { error: { name: 'Error', message: 'connect ECONNREFUSED' } },
        { status: 502 },
      ),
    );
    await test.clock.advance(START);
    expect(test.reachable()?.outcome).toBe('Unknown');
    await test.stop();
  });

  it('reads no answer without end', async () => {
    const test = proberOf(() => new Response('x'.repeat(3 * 1024 * 1024)));
    await test.clock.advance(START);
    await settle();
    expect(test.reachable()).toMatchObject({
      outcome: 'Unknown',
      reason: 'InvalidResponse',
    });
    await test.stop();
  });

  it('asks the pod where no Service leads to the port, nobody without pods', async () => {
    const { services: _, ...objects } = chromaObjects();
    const test = proberOf(answerChroma, { ...objects, services: [] });
    await test.clock.advance(START);
    expect(test.asked[0].path).toBe(
      '/api/v1/namespaces/team-a/pods/docs-0:8000/proxy/api/v2/heartbeat',
    );
    await test.stop();
    const alone = proberOf(answerChroma, {
      ...objects,
      services: [],
      pods: [],
    });
    await alone.clock.advance(START);
    expect(alone.asked).toEqual([]);
    expect(alone.reachable()).toMatchObject({ reason: 'NotInstalled' });
    await alone.stop();
  });

  it('forgets a store that is gone', async () => {
    const test = proberOf(answerChroma);
    await test.clock.advance(START);
    putObjects(test.state, { statefulsets: [] });
    await test.clock.advance(1_000);
    expect(test.probe()).toBeUndefined();
    await test.stop();
  });
});
