import { FakeClock, settle } from '../__testUtils__/FakeClock';
import {
  FakeTransport,
  listAnswer,
  networkError,
} from '../__testUtils__/FakeTransport';
import { testContext, withVersion } from '../__testUtils__/connectionFixtures';
import {
  createClusterConnections,
  type ClusterConnections,
  type ClusterSelection,
} from './ClusterConnections';

describe('createClusterConnections', () => {
  let transport: FakeTransport;
  let clock: FakeClock;
  let context: ReturnType<typeof testContext>;
  let connections: ClusterConnections;

  const start = (selection?: Partial<ClusterSelection>) => {
    connections = createClusterConnections({
      ...context,
      selection: { exclude: [], refreshIntervalMs: 60_000, ...selection },
    });
    connections.start();
    return settle();
  };
  const names = () => connections.list().map(({ cluster }) => cluster.name);
  const clusters = (...list: string[]) => {
    transport.clusterList = async () => list.map(name => ({ name }));
  };

  beforeEach(() => {
    transport = new FakeTransport();
    transport.answer = withVersion(() => listAnswer([]));
    clock = new FakeClock();
    context = testContext(transport, clock);
  });

  afterEach(async () => {
    await connections.stop();
    clock.assertIdle();
  });

  it('connects every cluster of the Kubernetes plugin, in order of names', async () => {
    clusters('two', 'one');
    await start();
    expect(names()).toEqual(['one', 'two']);
    expect(connections.known()).toBe(true);
    expect(connections.get('two')!.status('NotLive').state).toBe('Live');
    expect(connections.get('three')).toBeUndefined();
  });

  it.each<[Partial<ClusterSelection>, string[]]>([
    [{ include: ['one', 'three'] }, ['one', 'three']],
    [{ exclude: ['two'] }, ['one', 'three']],
    [{ include: ['one', 'two'], exclude: ['one'] }, ['two']],
  ])('keeps to the selection %j', async (selection, expected) => {
    clusters('one', 'two', 'three');
    await start(selection);
    expect(names()).toEqual(expected);
  });

  it('tells of a name that the Kubernetes plugin does not have', async () => {
    clusters('one');
    await start({ include: ['one', 'typo'] });
    expect(context.lines).toContain(
      'warn genai.clusters.include names clusters that the Kubernetes plugin does not have: typo',
    );
  });

  it('follows clusters that come and go', async () => {
    clusters('one', 'two');
    await start();
    const watchesOfOne = transport.watches.filter(
      watch => watch.request.cluster === 'one',
    );
    clusters('two', 'three');
    await clock.advance(60_000);
    expect(names()).toEqual(['three', 'two']);
    expect(watchesOfOne.length).toBeGreaterThan(0);
    expect(watchesOfOne.every(watch => watch.aborted)).toBe(true);
    expect(context.changes).toContainEqual(
      expect.objectContaining({ cluster: 'one', topics: ['clusters'] }),
    );
  });

  it('reads the list again and again until the Kubernetes plugin answers', async () => {
    transport.clusterList = () => Promise.reject(networkError('ECONNREFUSED'));
    await start();
    expect(connections.known()).toBe(false);
    expect(connections.fault()).toMatchObject({ reason: 'Unreachable' });
    await clock.advance(7000);
    expect(context.lines).toHaveLength(1);
    clusters('one');
    await clock.advance(8000);
    expect(names()).toEqual(['one']);
    expect(connections.fault()).toBeUndefined();
  });

  it('keeps the clusters it knows when the list cannot be read', async () => {
    clusters('one');
    await start();
    transport.clusterList = () => Promise.reject(networkError('ECONNREFUSED'));
    await clock.advance(60_000);
    expect(names()).toEqual(['one']);
    expect(connections.fault()).toMatchObject({ reason: 'Unreachable' });
  });

  it('gives up on a list that never comes', async () => {
    let signal: AbortSignal | undefined;
    transport.clusters = given =>
      new Promise((_, reject) => {
        signal = given;
        given?.addEventListener('abort', () => reject(given.reason));
      });
    await start();
    await clock.advance(60_000);
    expect(signal?.aborted).toBe(true);
    expect(connections.fault()).toMatchObject({
      reason: 'Timeout',
      message: 'The Kubernetes plugin did not answer within 60 s',
    });
  });

  it('lets no cluster that hangs hold another up', async () => {
    clusters('bad', 'good');
    const answer = transport.answer;
    transport.answer = request =>
      request.cluster === 'bad' ? new Promise(() => {}) : answer(request);
    await start();
    expect(connections.get('good')!.status('NotLive').state).toBe('Live');
    expect(connections.get('bad')!.status('NotLive').state).toBe('Syncing');
    await clock.advance(60_000);
    expect(connections.get('bad')!.status('NotLive')).toMatchObject({
      state: 'Unavailable',
      fault: { reason: 'Timeout' },
    });
  });
});
