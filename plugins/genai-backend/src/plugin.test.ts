import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  buildOpenApiDocument,
  GENAI_ROUTES,
  type GenaiRoute,
} from '@promptside/backstage-plugin-genai-common';
import {
  startGenaiBackend,
  type GenaiTestBackend,
} from './__testUtils__/startGenaiBackend';

const ROUTES = Object.entries<GenaiRoute>(GENAI_ROUTES);

describe('genaiPlugin', () => {
  let backend: GenaiTestBackend;

  beforeAll(async () => {
    backend = await startGenaiBackend({
      genai: { huggingFace: { enabled: false } },
    });
    await backend.untilLive();
  });

  beforeEach(() => {
    backend.decision = AuthorizeResult.ALLOW;
    backend.authorized.length = 0;
  });

  afterAll(() => backend.stop());

  const send = ({ method, path }: GenaiRoute) => {
    const url = path
      .replace('{cluster}', 'one')
      .replace('{namespace}', 'team-a')
      .replace('{name}', 'nobody');
    const model = 'google/gemma-2-9b-it';
    const bodies: Record<string, object> = {
      '/v1/model-fits': { models: [model], cluster: 'one' },
      '/v1/inference-plans': { model, cluster: 'one' },
      '/v1/rag-plans': {
        target: { cluster: 'one', namespace: 'team-a' },
        store: { kind: 'pgvector' },
        embedding: { model: 'a/b', dimension: 384, maxTokens: 512 },
        llm: { url: 'http://qwen:8000/v1', model, contextTokens: 8192 },
      },
      [GENAI_ROUTES.chatWithModelServer.path]: {
        messages: [{ role: 'user', content: 'Hello' }],
      },
    };
    return method === 'post'
      ? backend.post(url, bodies[path])
      : backend.get(url).query(path.endsWith('/lookup') ? { id: 'a/b' } : {});
  };

  it.each(ROUTES)('%s needs credentials', async (_, route) => {
    const none = mockCredentials.none.header();
    const response = await send(route).set('Authorization', none);
    expect(response.status).toBe(401);
    expect(backend.authorized).toEqual([]);
  });

  it.each(ROUTES)('%s needs its permission', async (_, route) => {
    backend.decision = AuthorizeResult.DENY;
    const response = await send(route);
    expect(response.status).toBe(403);
    expect(response.body.error).toMatchObject({
      name: 'NotAllowedError',
      message: `The permission ${route.permission.name} is missing`,
    });
    expect(backend.authorized).toEqual([route.permission.name]);
  });

  it.each(ROUTES)('%s serves other plugins too', async (_, route) => {
    const service = mockCredentials.service.header();
    const response = await send(route).set('Authorization', service);
    // 503: no lookup leaves this test, it is switched off
    const allowed = route.path === '/v1/models/lookup' ? [503] : [200, 404];
    expect(allowed).toContain(response.status);
    // A plan of a RAG service looks at what else the caller may see.
    expect(backend.authorized[0]).toBe(route.permission.name);
  });

  it.each(ROUTES)(
    '%s refuses a parameter it does not know',
    async (_, route) => {
      const response = await send(route).query({ nonsense: '1' });
      expect(response.status).toBe(400);
      expect(response.body.error.message).toContain('nonsense');
    },
  );

  it.each([
    ['/v1/gpu-nodes?limit=0', 'limit'],
    ['/v1/gpu-nodes?limit=501', 'limit'],
    ['/v1/gpu-nodes?limit=many', 'limit'],
    ['/v1/gpu-nodes?limit=5&limit=6', 'limit'],
    ['/v1/gpu-nodes?free=yes', 'free'],
    ['/v1/gpu-nodes?include=everything', 'include'],
    ['/v1/gpu-overview?vendor=acme', 'vendor'],
    ['/v1/gpu-overview?cluster=-', 'cluster'],
    ['/v1/gpu-overview?owner=team-a', 'owner'],
    ['/v1/gpu-allocations?namespace=Team', 'namespace'],
    ['/v1/gpu-allocations?entityRef=x', 'entityRef'],
    ['/v1/model-servers?state=Sick', 'state'],
    ['/v1/model-servers/one/Team/chat', 'namespace'],
    ['/v1/model-servers/one/team/..%2F..%2Fsecret', 'name'],
    ['/v1/vector-stores?engine=excel', 'engine'],
    ['/v1/models/lookup', 'id'],
    ['/v1/models/lookup?id=gemma', 'id'],
    ['/v1/models/lookup?id=..%2F..%2Fapi%2Fwhoami', 'id'],
    ['/v1/models/lookup?id=a%2Fb%3Fx', 'id'],
    ['/v1/models/lookup?id=http%3A%2F%2F127.0.0.1%2Fa', 'id'],
    [`/v1/models/lookup?id=a%2F${'b'.repeat(10_000)}`, 'id'],
  ])('GET %s is refused and names %s', async (path, field) => {
    const response = await backend.get(path);
    expect(response.status).toBe(400);
    expect(response.body.error.name).toBe('InputError');
    expect(response.body.error.message).toContain(field);
  });

  it.each([
    [{}, 'model'],
    [{ model: 'gemma' }, 'model'],
    [{ model: 'a/b', contextLength: 0 }, 'contextLength'],
    [{ model: 'a/b', contextLength: '4096' }, 'contextLength'],
    [{ model: 'a/b', gpuMemoryUtilization: 2 }, 'gpuMemoryUtilization'],
    [{ model: 'a/b', namespace: 'Team A' }, 'namespace'],
    [{ model: 'a/b', nonsense: true }, 'nonsense'],
    [[], 'object'],
  ])('a plan for %j is refused and names %s', async (body, field) => {
    const response = await backend.post('/v1/inference-plans', body);
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(field);
  });

  it.each([
    [{}, 'models'],
    [{ models: [] }, 'models'],
    [{ models: ['gemma'] }, 'models.0'],
    [{ models: new Array(201).fill('a/b') }, 'models'],
    [{ models: ['a/b'], vendor: 'acme' }, 'vendor'],
  ])('model fits for %j are refused and %s is named', async (body, field) => {
    const response = await backend.post('/v1/model-fits', body);
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(field);
  });

  it.each([
    '/v1/gpu-overview',
    '/v1/gpu-nodes',
    '/v1/gpu-allocations',
    '/v1/model-servers',
    '/v1/vector-stores',
    '/v1/namespaces',
    '/v1/storage-classes',
  ])('GET %s names the clusters it knows for one it does not', async path => {
    const response = await backend.get(`${path}?cluster=other`);
    expect(response.status).toBe(404);
    expect(response.body.error).toMatchObject({
      name: 'NotFoundError',
      message: 'No cluster named "other" is watched; known clusters: one',
    });
  });

  it('does not even parse a model id of 100 KB', async () => {
    const id = `a/${'b'.repeat(100_000)}`;
    // Node refuses such headers and hangs up, which a client may notice before it has read the answer
    const looked = await backend.get(`/v1/models/lookup?id=${id}`).then(
      ({ status }) => status,
      ({ code }) => code,
    );
    expect([431, 'ECONNRESET', 'EPIPE']).toContain(looked);
    const planned = await backend.post('/v1/inference-plans', { model: id });
    expect([400, 413]).toContain(planned.status);
    expect(backend.authorized).toEqual([]);
  });

  it('answers 404 for a route it does not have', async () => {
    expect((await backend.get('/v1/nothing')).status).toBe(404);
  });

  it('serves its OpenAPI document', async () => {
    const { body, status } = await backend.get('/openapi.json');
    expect(status).toBe(200);
    expect(body).toEqual({
      ...buildOpenApiDocument(),
      servers: [{ url: '/api/genai' }],
    });
    expect(body.openapi).toBe('3.1.0');
  });
});
