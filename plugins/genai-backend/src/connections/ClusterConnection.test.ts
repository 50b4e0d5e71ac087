import { FakeClock, settle } from '../__testUtils__/FakeClock';
import {
  FakeTransport,
  listAnswer,
  networkError,
  statusAnswer,
  type SeenRequest,
} from '../__testUtils__/FakeTransport';
import {
  rawObject,
  testContext,
  withVersion,
} from '../__testUtils__/connectionFixtures';
import { connectCluster, type ClusterConnection } from './ClusterConnection';

const NAMESPACES = '/api/v1/namespaces';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const KSERVE = '/apis/serving.kserve.io/v1beta1/inferenceservices';

function notFound(): Response {
  return new Response('404 page not found', { status: 404 });
}

/** A cluster with two namespaces and without KServe. */
function plainCluster({ path }: SeenRequest): Response {
  if (path === KSERVE) return notFound();
  return path === NAMESPACES
    ? listAnswer([rawObject('team-a'), rawObject('team-b')])
    : listAnswer([]);
}

describe('connectCluster', () => {
  let transport: FakeTransport;
  let clock: FakeClock;
  let context: ReturnType<typeof testContext>;
  let connection: ClusterConnection;

  const start = () => {
    connection = connectCluster({ name: 'one', title: 'The one' }, context);
    return settle();
  };
  const watchOf = (path: string) =>
    transport.watches.filter(watch => watch.request.path === path).at(-1)!;
  const namespaces = () =>
    [...connection.state.namespaces()].map(({ name }) => name).sort();

  beforeEach(() => {
    transport = new FakeTransport();
    transport.answer = withVersion(plainCluster);
    clock = new FakeClock();
    context = testContext(transport, clock);
  });

  afterEach(async () => {
    await connection.stop();
    clock.assertIdle();
  });

  it('fills the state and tells how fresh it is', async () => {
    await start();
    expect(namespaces()).toEqual(['team-a', 'team-b']);
    expect(connection.status('NotLive')).toEqual({
      name: 'one',
      title: 'The one',
      state: 'Live',
      serverVersion: 'v1.36.2',
      version: connection.state.version,
      freshAt: '2026-01-01T00:00:00.000Z',
      resources: [
        {
          resource: 'inferenceservices.serving.kserve.io',
          state: 'NotInstalled',
          fault: expect.objectContaining({ reason: 'NotInstalled' }),
        },
      ],
    });
    expect(connection.status('All').resources).toHaveLength(3);
  });

  it('follows events, also of objects that become uninteresting', async () => {
    await start();
    const { version } = connection.state;
    context.changes.length = 0;
    watchOf(NAMESPACES).send(
      { type: 'ADDED', object: rawObject('team-c') },
      { type: 'MODIFIED', object: rawObject('team-a', { hidden: true }) },
      { type: 'DELETED', object: rawObject('team-b') },
    );
    await settle();
    expect(namespaces()).toEqual(['team-c']);
    expect(connection.state.version).toBeGreaterThan(version);
    expect(context.changes).toHaveLength(1);
  });

  it('removes what a new list no longer holds', async () => {
    await start();
    transport.answer = withVersion(({ path }) =>
      path === NAMESPACES
        ? listAnswer([rawObject('team-b')], '900')
        : notFound(),
    );
    watchOf(NAMESPACES).send({ type: 'ERROR', object: { code: 410 } });
    await settle();
    expect(namespaces()).toEqual(['team-b']);
  });

  it('is Unavailable with the reason until something answers, and says so once', async () => {
    transport.answer = () => Promise.reject(networkError('ECONNREFUSED'));
    await start();
    await clock.advance(120_000);
    expect(connection.status('NotLive')).toMatchObject({
      state: 'Unavailable',
      fault: { reason: 'Unreachable' },
    });
    expect(connection.status('NotLive')).not.toHaveProperty('freshAt');
    // one small request a try, not one for every resource
    expect(new Set(transport.requests.map(({ path }) => path))).toEqual(
      new Set(['/version']),
    );
    expect(context.lines).toEqual([
      'warn Cluster one is Unavailable: Unreachable, fetch failed (ECONNREFUSED)',
    ]);

    transport.answer = withVersion(plainCluster);
    await clock.advance(30_000);
    expect(connection.status('NotLive').state).toBe('Live');
    expect(context.lines.slice(1)).toEqual(['info Cluster one is Live']);
  });

  it('works where the version is hidden', async () => {
    transport.answer = request =>
      request.path === '/version'
        ? statusAnswer(403, 'Forbidden', 'no')
        : plainCluster(request);
    await start();
    expect(connection.status('NotLive').state).toBe('Live');
    expect(connection.status('NotLive')).not.toHaveProperty('serverVersion');
  });

  it('keeps the last good data through an outage', async () => {
    await start();
    transport.answer = () => Promise.reject(networkError('ECONNREFUSED'));
    transport.answerWatch = () => Promise.reject(networkError('ECONNREFUSED'));
    const before = connection.statusRevision;
    for (const watch of transport.watches)
      watch.break(networkError('ECONNRESET'));
    await clock.advance(60_000);
    expect(connection.status('NotLive')).toMatchObject({
      state: 'Stale',
      fault: { reason: 'Unreachable' },
      freshAt: '2026-01-01T00:00:00.000Z',
    });
    expect(connection.statusRevision).toBeGreaterThan(before);
    expect(namespaces()).toEqual(['team-a', 'team-b']);
    expect(context.changes.at(-1)).toEqual({
      cluster: 'one',
      version: connection.state.version,
      topics: ['clusters'],
    });

    transport.answer = withVersion(plainCluster);
    transport.answerWatch = () => undefined;
    await clock.advance(60_000);
    expect(connection.status('NotLive').state).toBe('Live');
    expect(
      context.lines.map(line => line.split(':')[0].split(' (')[0]),
    ).toEqual([
      'info Cluster one is Live',
      'warn Cluster one is Stale',
      'info Cluster one is Live',
    ]);
  });

  it('starts a custom resource as soon as its CRD appears', async () => {
    await start();
    await clock.advance(600_000);
    expect(connection.state.has('inferenceservices')).toBe(false);
    transport.answer = withVersion(({ path }) =>
      path === NAMESPACES ? listAnswer([]) : listAnswer([rawObject('x')]),
    );
    watchOf(CRDS).send({
      type: 'ADDED',
      object: rawObject('inferenceservices.serving.kserve.io'),
    });
    await settle();
    expect(connection.state.has('inferenceservices')).toBe(true);
  });

  it('forgets a custom resource whose CRD was removed', async () => {
    transport.answer = withVersion(() => listAnswer([rawObject('x')]));
    await start();
    expect(connection.state.has('inferenceservices')).toBe(true);
    transport.answer = withVersion(plainCluster);
    transport.answerWatch = ({ path }) =>
      path === KSERVE ? notFound() : undefined;
    await clock.advance(10_000);
    watchOf(KSERVE).end();
    await settle();
    expect(connection.state.has('inferenceservices')).toBe(false);
    expect(connection.status('NotLive').resources).toMatchObject([
      { state: 'NotInstalled' },
    ]);
  });

  it('asks at once when a CRD is removed and the server keeps the watch open', async () => {
    const crd = rawObject('inferenceservices.serving.kserve.io');
    transport.answer = withVersion(({ path }) =>
      listAnswer(path === CRDS ? [crd] : []),
    );
    await start();
    const kserve = watchOf(KSERVE);
    transport.answer = withVersion(plainCluster);
    watchOf(CRDS).send({ type: 'DELETED', object: crd });
    await settle();
    expect(kserve.aborted).toBe(true);
    expect(connection.state.has('inferenceservices')).toBe(false);
    expect(connection.status('NotLive')).toMatchObject({
      state: 'Live',
      resources: [{ state: 'NotInstalled' }],
    });
  });

  it('ends everything when it is stopped, also while it waits for a first answer', async () => {
    transport.answer = () => new Promise(() => {});
    await start();
    await connection.stop();
    expect(transport.requests[0].signal?.aborted).toBe(true);
    expect(context.lines).toEqual([]);
  });
});
