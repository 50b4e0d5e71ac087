import type { ResourceSync } from '@promptside/backstage-plugin-genai-common';
import { FakeClock, settle } from '../__testUtils__/FakeClock';
import {
  FakeTransport,
  listAnswer,
  networkError,
  statusAnswer,
} from '../__testUtils__/FakeTransport';
import { limitConcurrency } from './limitConcurrency';
import { watchResource, type ResourceWatch } from './watchResource';

const PODS = '/api/v1/pods';

function pod(name: string, resourceVersion = '1') {
  return { metadata: { name, uid: `uid-${name}`, resourceVersion } };
}

function bookmark(resourceVersion: string) {
  return { type: 'BOOKMARK', object: { metadata: { resourceVersion } } };
}

describe('watchResource', () => {
  const clock = new FakeClock();
  let transport: FakeTransport;
  let stop: AbortController;
  let watched: ResourceWatch;
  let seen: string[];
  let states: ResourceSync[];

  const nameOf = (object: unknown) =>
    (object as { metadata: { name: string } }).metadata.name;

  function start(query?: Record<string, string>) {
    watched = watchResource({
      transport,
      cluster: 'one',
      path: PODS,
      query,
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
        listStarted: () => seen.push('list'),
        listPage: items => seen.push(`page ${items.map(nameOf).join(' ')}`),
        listFinished: () => seen.push('listed'),
        events: events =>
          seen.push(...events.map(e => `${e.type} ${nameOf(e.object)}`)),
        cleared: () => seen.push('cleared'),
        statusChanged: () => states.push({ ...watched.status() }),
      },
    });
    return settle();
  }

  beforeEach(() => {
    transport = new FakeTransport();
    stop = new AbortController();
    seen = [];
    states = [];
  });

  afterEach(async () => {
    stop.abort();
    await watched.done;
    clock.assertIdle();
  });

  it('lists in pages, then watches from the version of the list', async () => {
    transport.answer = ({ query }) =>
      query.get('continue')
        ? listAnswer([pod('c')], '50')
        : listAnswer([pod('a'), pod('b')], '50', 'more');
    await start({ fieldSelector: 'type=Warning' });

    expect(seen).toEqual(['list', 'page a b', 'page c', 'listed']);
    expect(transport.requests.map(request => `${request.query}`)).toEqual([
      'fieldSelector=type%3DWarning&limit=2',
      'fieldSelector=type%3DWarning&limit=2&continue=more',
      'fieldSelector=type%3DWarning&watch=true&allowWatchBookmarks=true&resourceVersion=50&timeoutSeconds=240',
    ]);
    expect(watched.status()).toEqual({
      resource: 'pods',
      state: 'Live',
      objectCount: 3,
      syncedAt: '2026-01-01T00:00:00.000Z',
      heardAt: '2026-01-01T00:00:00.000Z',
    });
  });

  it('hands on events and counts objects', async () => {
    transport.answer = () => listAnswer([pod('a'), pod('b')]);
    await start();
    transport.watches[0].send(
      { type: 'ADDED', object: pod('c', '101') },
      { type: 'MODIFIED', object: pod('a', '102') },
      { type: 'DELETED', object: pod('b', '103') },
      { type: 'DELETED', object: pod('c', '104') },
    );
    await settle();
    expect(seen.slice(3)).toEqual([
      'ADDED c',
      'MODIFIED a',
      'DELETED b',
      'DELETED c',
    ]);
    expect(watched.status().objectCount).toBe(1);
  });

  it('opens the next watch from the last bookmark when the server ends one', async () => {
    await start();
    transport.watches[0].send(bookmark('170'));
    await clock.advance(60_000);
    transport.watches[0].end();
    await settle();
    expect(transport.watches).toHaveLength(2);
    expect(transport.watches[1].request.query.get('resourceVersion')).toBe(
      '170',
    );
    expect(transport.reads(PODS)).toHaveLength(1);
    expect(states.map(sync => sync.state)).toEqual(['Live']);
  });

  it('does not hurry when the server ends watches at once', async () => {
    await start();
    for (const expected of [1000, 2000, 4000]) {
      transport.watches.at(-1)!.end();
      await settle();
      expect(clock.sleeping).toContain(expected);
      await clock.advance(expected);
    }
    expect(transport.watches).toHaveLength(4);
  });

  it.each([
    [
      'as an event',
      (t: FakeTransport) => {
        t.watches[0].send({
          type: 'ERROR',
          object: { kind: 'Status', code: 410, reason: 'Expired' },
        });
      },
    ],
    [
      'as a status',
      (t: FakeTransport) => {
        t.answerWatch = () => statusAnswer(410, 'Expired', 'too old');
        t.watches[0].break(networkError('ECONNRESET'));
      },
    ],
  ])('lists again when the version has expired, told %s', async (_, expire) => {
    await start();
    transport.answer = () => listAnswer([pod('new')], '900');
    expire(transport);
    await settle();
    const expired = transport.answerWatch;
    transport.answerWatch = request =>
      request.query.get('resourceVersion') === '900'
        ? undefined
        : expired(request);
    await clock.advance(1000);
    expect(seen.slice(-3)).toEqual(['list', 'page new', 'listed']);
    expect(transport.watches.at(-1)!.request.query.get('resourceVersion')).toBe(
      '900',
    );
    expect(watched.status().state).toBe('Live');
  });

  it('does not list without a pause when every version has expired at once', async () => {
    transport.answerWatch = () => statusAnswer(410, 'Expired', 'too old');
    await start();
    expect(seen.filter(entry => entry === 'listed')).toHaveLength(2);
    await clock.advance(1000);
    expect(seen.filter(entry => entry === 'listed')).toHaveLength(3);
    await clock.advance(60_000);
    expect(seen.filter(entry => entry === 'listed').length).toBeLessThan(9);
  });

  it('waits longer and longer while the cluster cannot be reached, then starts', async () => {
    transport.answer = () => Promise.reject(networkError('ECONNREFUSED'));
    await start();
    const waits: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      const [wait] = clock.sleeping;
      waits.push(wait);
      await clock.advance(wait);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(watched.status()).toMatchObject({
      state: 'Failed',
      fault: { reason: 'Unreachable' },
    });
    expect(watched.status()).not.toHaveProperty('objectCount');
    // told once, not at every try
    expect(states).toHaveLength(1);

    transport.answer = () => listAnswer([pod('a')]);
    await clock.advance(30_000);
    expect(watched.status()).toMatchObject({ state: 'Live', objectCount: 1 });
    expect(watched.status()).not.toHaveProperty('fault');
  });

  it('keeps the last list when the connection breaks, and resumes without a new one', async () => {
    transport.answer = () => listAnswer([pod('a')]);
    await start();
    transport.watches[0].send({ type: 'MODIFIED', object: pod('a', '120') });
    await settle();
    transport.answer = () => Promise.reject(networkError('ECONNREFUSED'));
    transport.watches[0].break(networkError('ECONNRESET'));
    await clock.advance(1000);
    expect(watched.status()).toMatchObject({ state: 'Stale', objectCount: 1 });

    transport.answer = () => listAnswer([pod('a')]);
    await clock.advance(2000);
    // alive again before the new watch has said a word
    expect(watched.status().state).toBe('Live');
    expect(transport.reads(PODS).at(-1)!.query.get('limit')).toBe('1');
    expect(transport.watches[1].request.query.get('resourceVersion')).toBe(
      '120',
    );
    expect(seen.filter(entry => entry === 'list')).toHaveLength(1);
  });

  it('doubts a silent watch, asks, and goes on without calling the data stale', async () => {
    await start();
    await clock.advance(99_000);
    expect(transport.watches).toHaveLength(1);
    await clock.advance(1000);
    expect(transport.watches[0].aborted).toBe(true);
    expect(transport.reads(PODS)).toHaveLength(2);
    expect(transport.watches).toHaveLength(2);
    expect(states.map(sync => sync.state)).toEqual(['Live']);
  });

  it('does not doubt a watch with bookmarks', async () => {
    await start();
    for (let i = 0; i < 5; i += 1) {
      await clock.advance(60_000);
      transport.watches[0].send(bookmark(`${200 + i}`));
    }
    await settle();
    expect(transport.watches).toHaveLength(1);
    expect(watched.status().heardAt).toBe(new Date(clock.now()).toISOString());
  });

  it('finds a half-open connection whose cluster is gone', async () => {
    await start();
    // nothing answers any more, and nothing says so
    transport.answer = () => new Promise(() => {});
    await clock.advance(100_000);
    await clock.advance(60_000);
    expect(watched.status()).toMatchObject({
      state: 'Stale',
      fault: {
        reason: 'Timeout',
        message: 'No complete answer to /api/v1/pods within 60 s',
      },
    });
  });

  it('tells a missing right and tries again slowly', async () => {
    transport.answer = () =>
      statusAnswer(403, 'Forbidden', 'pods is forbidden');
    await start();
    expect(watched.status()).toMatchObject({
      state: 'Forbidden',
      fault: { reason: 'Forbidden', message: 'pods is forbidden' },
    });
    await clock.advance(300_000);
    expect(transport.requests.length).toBeLessThan(12);
    expect(states).toHaveLength(1);
    transport.answer = () => listAnswer([]);
    await clock.advance(60_000);
    expect(watched.status().state).toBe('Live');
  });

  it('starts with short waits again when a right that was given is taken back', async () => {
    transport.answer = () => statusAnswer(403, 'Forbidden', 'no');
    await start();
    await clock.advance(600_000);
    transport.answer = () => listAnswer([]);
    await clock.advance(60_000);
    expect(watched.status().state).toBe('Live');
    transport.answer = () => statusAnswer(403, 'Forbidden', 'no');
    transport.watches[0].send({ type: 'ERROR', object: { code: 410 } });
    await settle();
    expect(watched.status()).toMatchObject({ state: 'Stale', objectCount: 0 });
    expect(clock.sleeping).toEqual([1000]);
  });

  it('repeats the list when only the watch is refused', async () => {
    transport.answerWatch = () =>
      statusAnswer(403, 'Forbidden', 'cannot watch resource "pods"');
    await start();
    expect(watched.status()).toMatchObject({ state: 'Stale' });
    const before = transport.requests.length;
    await clock.advance(120_000);
    expect(seen.filter(entry => entry === 'listed').length).toBeGreaterThan(2);
    expect(transport.requests.length - before).toBeLessThan(20);
    expect(states.map(sync => sync.state)).toEqual(['Live', 'Stale']);
    transport.answerWatch = () => undefined;
    await clock.advance(60_000);
    expect(watched.status().state).toBe('Live');
  });

  it('starts when the API appears, and empties when it goes', async () => {
    transport.answer = () =>
      new Response('404 page not found', { status: 404 });
    await start();
    expect(watched.status().state).toBe('NotInstalled');
    await clock.advance(600_000);

    transport.answer = () => listAnswer([pod('a')]);
    watched.nudge();
    await settle();
    expect(watched.status()).toMatchObject({ state: 'Live', objectCount: 1 });

    transport.answer = () =>
      new Response('404 page not found', { status: 404 });
    transport.answerWatch = () =>
      new Response('404 page not found', { status: 404 });
    await clock.advance(60_000);
    transport.watches[0].end();
    await settle();
    expect(seen.at(-1)).toBe('cleared');
    expect(watched.status().state).toBe('NotInstalled');
    expect(watched.status()).not.toHaveProperty('objectCount');
  });

  it.each([
    ['no JSON', '<html>\n'],
    ['no event', '{"type":"ADDED"}\n'],
    ['a number', '7\n'],
  ])('lists again after a line that is %s', async (_, line) => {
    await start();
    transport.watches[0].sendText(line);
    await settle();
    expect(watched.status()).toMatchObject({
      state: 'Stale',
      fault: { reason: 'InvalidResponse' },
    });
    await clock.advance(1000);
    expect(seen.filter(entry => entry === 'listed')).toHaveLength(2);
    expect(watched.status().state).toBe('Live');
  });

  it.each([
    ['HTML', () => new Response('<html>')],
    ['another object', () => Response.json({ kind: 'APIVersions' })],
  ])('calls %s instead of a list an invalid response', async (_, answer) => {
    transport.answer = answer;
    await start();
    expect(watched.status()).toMatchObject({
      state: 'Failed',
      fault: { reason: 'InvalidResponse' },
    });
  });

  it('applies nothing of a list that breaks in the middle', async () => {
    transport.answer = ({ query }) =>
      query.get('continue')
        ? statusAnswer(
            410,
            'Expired',
            'The provided continue parameter is too old',
          )
        : listAnswer([pod('a'), pod('b')], '50', 'more');
    await start();
    expect(seen).toEqual(['list', 'page a b']);
    expect(watched.status().state).toBe('Failed');
    transport.answer = () => listAnswer([pod('a')]);
    await clock.advance(1000);
    expect(seen.slice(-3)).toEqual(['list', 'page a', 'listed']);
  });

  it('ends every request when it is stopped', async () => {
    await start();
    stop.abort();
    await watched.done;
    expect(transport.watches[0].aborted).toBe(true);
    expect(states.map(sync => sync.state)).toEqual(['Live']);
  });
});
