import { FakeClock, settle } from '../__testUtils__/FakeClock';
import { FakeTransport, listAnswer } from '../__testUtils__/FakeTransport';
import { limitConcurrency } from './limitConcurrency';
import { watchResource, type ResourceWatch } from './watchResource';

const PODS = '/api/v1/pods';
const OLDER = '/api/v0/pods';

const notFound = () => new Response('404 page not found', { status: 404 });

describe('watchResource with another version of the API', () => {
  const clock = new FakeClock();
  let transport: FakeTransport;
  let stop: AbortController;
  let watched: ResourceWatch;
  let cleared: number;
  /** Path that the server has. */
  let served: string | undefined;

  beforeEach(() => {
    transport = new FakeTransport();
    transport.answer = ({ path }) =>
      path === served
        ? listAnswer([
            { metadata: { name: 'a', uid: 'a', resourceVersion: '1' } },
          ])
        : notFound();
    stop = new AbortController();
    cleared = 0;
  });

  afterEach(async () => {
    stop.abort();
    await watched.done;
    clock.assertIdle();
  });

  function start() {
    watched = watchResource({
      transport,
      cluster: 'one',
      path: PODS,
      otherPaths: [OLDER],
      resource: 'pods',
      limitLists: limitConcurrency(1),
      clock,
      random: () => 1,
      signal: stop.signal,
      settings: {
        pageSize: 2,
        requestTimeoutMs: 60_000,
        idleMs: 100_000,
        minBackoffMs: 1000,
        maxBackoffMs: 30_000,
        maxRefusedBackoffMs: 60_000,
      },
      sink: {
        listStarted: () => {},
        listPage: () => {},
        listFinished: () => {},
        events: () => {},
        cleared: () => {
          cleared += 1;
        },
        statusChanged: () => {},
      },
    });
    return settle();
  }

  it('takes the one that is served, at once', async () => {
    served = OLDER;
    await start();
    expect(watched.status().state).toBe('Live');
    expect(transport.watches[0].request.path).toBe(OLDER);
  });

  it('is not installed when none is, and asks for each in turn', async () => {
    served = undefined;
    await start();
    expect(watched.status().state).toBe('NotInstalled');
    served = OLDER;
    watched.nudge();
    await settle();
    expect(watched.status().state).toBe('Live');
  });

  it('goes over to it when the first is not served any more, and loses nothing', async () => {
    served = PODS;
    await start();
    served = OLDER;
    transport.answerWatch = ({ path }) =>
      path === OLDER ? undefined : notFound();
    await clock.advance(60_000);
    transport.watches[0].end();
    await settle();
    expect(watched.status().state).toBe('Live');
    expect(cleared).toBe(0);
    expect(transport.watches.at(-1)?.request.path).toBe(OLDER);
  });
});
