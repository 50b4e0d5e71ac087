import {
  clustersResponseSchema,
  GENAI_SIGNAL_CHANNEL,
  genaiHealthSchema,
} from '@promptside/backstage-plugin-genai-common';
import { WATCHED_RESOURCES } from '@promptside/backstage-plugin-genai-node';
import {
  emptyKubernetes,
  startGenaiBackend,
  type GenaiTestBackend,
} from './__testUtils__/startGenaiBackend';

const NAMESPACES = '/api/v1/namespaces';

function namespace(name: string) {
  return {
    kind: 'Namespace',
    metadata: { name, uid: `uid-${name}`, resourceVersion: '5' },
  };
}

describe('live state over REST', () => {
  let backend: GenaiTestBackend;

  afterEach(() => backend.stop());

  it('says of every resource how it stands', async () => {
    backend = await startGenaiBackend();
    await backend.untilLive();
    const { body } = await backend.get('/v1/clusters');
    const { items } = clustersResponseSchema.parse(body);
    expect(items).toMatchObject([
      { name: 'one', state: 'Live', serverVersion: 'v1.36.2' },
    ]);
    expect(items[0].resources).toHaveLength(WATCHED_RESOURCES.length);
    const states = new Set(items[0].resources!.map(({ state }) => state));
    expect(states).toEqual(new Set(['Live', 'NotInstalled']));
    const health = genaiHealthSchema.parse(
      (await backend.get('/v1/health')).body,
    );
    expect(health.clusters).toEqual([{ name: 'one', state: 'Live' }]);
  });

  it('asks no cluster for an answer', async () => {
    backend = await startGenaiBackend();
    await backend.untilLive();
    // custom resources that are not installed are looked for now and then
    const reads = () =>
      backend.kubernetes.reads.filter(path =>
        backend.kubernetes.objects.has(path),
      ).length;
    const before = reads();
    for (let i = 0; i < 20; i += 1) await backend.get('/v1/clusters');
    expect(reads()).toBe(before);
  });

  it('answers 304 until something changes', async () => {
    backend = await startGenaiBackend();
    await backend.untilLive();
    const first = await backend.get('/v1/namespaces');
    const { etag } = first.headers;
    expect(first.status).toBe(200);
    expect(first.headers['cache-control']).toBe('private, no-cache');

    const second = await backend
      .get('/v1/namespaces')
      .set('If-None-Match', etag);
    expect(second.status).toBe(304);
    expect(second.text).toBe('');

    backend.kubernetes.send(NAMESPACES, 'ADDED', namespace('team-b'));
    for (;;) {
      const next = await backend
        .get('/v1/namespaces')
        .set('If-None-Match', etag);
      if (next.status === 304) continue;
      expect(next.body.items).toMatchObject([
        { cluster: 'one', name: 'team-b' },
      ]);
      expect(next.headers.etag).not.toBe(etag);
      break;
    }
  });

  it('does not answer from an entity tag of another process', async () => {
    backend = await startGenaiBackend();
    await backend.untilLive();
    const { etag } = (await backend.get('/v1/namespaces')).headers;
    await backend.stop();
    backend = await startGenaiBackend();
    await backend.untilLive();
    const again = await backend
      .get('/v1/namespaces')
      .set('If-None-Match', etag);
    expect(again.status).toBe(200);
  });

  it('says 503 and why instead of an empty answer while the clusters are unknown', async () => {
    const kubernetes = emptyKubernetes();
    kubernetes.clusterFault = 500;
    backend = await startGenaiBackend({ kubernetes });
    for (;;) {
      const { body } = await backend.get('/v1/clusters');
      if (!body.fault) continue;
      expect(body).toMatchObject({ items: [], fault: { statusCode: 500 } });
      break;
    }
    const overview = await backend.get('/v1/gpu-overview');
    expect(overview.status).toBe(503);
    expect(overview.body.error).toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(overview.body.error.message).toContain('Kubernetes plugin');
    expect((await backend.get('/v1/health')).body.state).toBe('Starting');
  });

  it('broadcasts a hint without data', async () => {
    backend = await startGenaiBackend();
    await backend.untilLive();
    expect(backend.signals.length).toBeGreaterThan(0);
    for (const { channel, message } of backend.signals) {
      expect(channel).toBe(GENAI_SIGNAL_CHANNEL);
      expect(message).toEqual({
        cluster: 'one',
        version: expect.any(Number),
        topics: expect.any(Array),
      });
    }
  });

  it('keeps to the configured clusters', async () => {
    const kubernetes = emptyKubernetes();
    kubernetes.clusters = ['one', 'two', 'three'];
    backend = await startGenaiBackend({
      kubernetes,
      genai: { clusters: { exclude: ['two'] } },
    });
    await backend.untilLive();
    const { body } = await backend.get('/v1/clusters');
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual([
      'one',
      'three',
    ]);
  });
});

describe('start', () => {
  it('fails and names the key when the configuration is wrong', async () => {
    await expect(
      startGenaiBackend({ genai: { watch: { pageSize: -1 } } }),
    ).rejects.toThrow('genai.watch.pageSize');
  });
});
