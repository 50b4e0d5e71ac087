import {
  vectorStoreDetailSchema,
  vectorStoreHistorySchema,
  vectorStoresResponseSchema,
} from '@promptside/backstage-plugin-genai-common';
import {
  emptyKubernetes,
  startGenaiBackend,
  type GenaiTestBackend,
} from '../__testUtils__/startGenaiBackend';
import { chromaObjects } from '../__testUtils__/storeCluster';

const DETAIL = '/v1/vector-stores/one/team-a/docs';

describe('vector stores', () => {
  let backend: GenaiTestBackend;

  beforeAll(async () => {
    const kubernetes = emptyKubernetes();
    const paths: Record<string, string> = {
      statefulsets: '/apis/apps/v1/statefulsets',
      pods: '/api/v1/pods',
      services: '/api/v1/services',
      persistentvolumeclaims: '/api/v1/persistentvolumeclaims',
    };
    for (const [key, list] of Object.entries(chromaObjects())) {
      kubernetes.objects.set(paths[key], list as never);
    }
    backend = await startGenaiBackend({
      kubernetes,
      genai: { vectorStores: { probes: { enabled: false } } },
    });
    await backend.untilLive();
  });

  afterAll(() => backend.stop());

  it('are listed with their health', async () => {
    const { body } = await backend.get('/v1/vector-stores?engine=chroma');
    expect(vectorStoresResponseSchema.parse(body).items).toEqual([
      expect.objectContaining({
        name: 'docs',
        state: 'Healthy',
        endpoint: 'http://docs.team-a.svc:80',
        backup: { state: 'Unknown' },
        probe: expect.objectContaining({ state: 'NotProbed' }),
        storage: { sizeBytes: { value: 2 ** 30, grade: 'requested' } },
      }),
    ]);
  });

  it('tell their checks one by one', async () => {
    const { body, status } = await backend.get(DETAIL);
    expect(status).toBe(200);
    const { item, health } = vectorStoreDetailSchema.parse(body);
    expect(item.name).toBe('docs');
    expect(
      health.checks.map(({ name, outcome }) => `${name} ${outcome}`),
    ).toEqual([
      'Redundancy Fail',
      'Storage Unknown',
      'Workload Pass',
      'Persistence Pass',
    ]);
  });

  it('are remembered since the start', async () => {
    const { body, status } = await backend.get(`${DETAIL}/history`);
    expect(status).toBe(200);
    const { keptSince, lastHour, lastDay } =
      vectorStoreHistorySchema.parse(body);
    expect(Date.parse(keptSince)).toBeLessThanOrEqual(Date.now());
    expect([lastHour.stepMs, lastDay.stepMs]).toEqual([30_000, 300_000]);
    const none = await backend.get('/v1/vector-stores/one/team-a/no/history');
    expect(none.status).toBe(404);
  });

  it('answer 304 to who has the answer, and 404 for one that is not there', async () => {
    const { headers } = await backend.get(DETAIL);
    const again = await backend.get(DETAIL).set('If-None-Match', headers.etag);
    expect(again.status).toBe(304);
    const none = await backend.get('/v1/vector-stores/one/team-a/other');
    expect(none.status).toBe(404);
    expect(none.body.error.message).toBe(
      'No vector store "other" in namespace "team-a" of cluster "one"',
    );
  });
});
