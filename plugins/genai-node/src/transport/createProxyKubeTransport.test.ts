import { createProxyKubeTransport } from './createProxyKubeTransport';

function setup(answer: () => Response = () => new Response('{}')) {
  const sent: { url: string; init: RequestInit; headers: Headers }[] = [];
  let tokens = 0;
  const transport = createProxyKubeTransport({
    kubernetesBaseUrl: async () => 'http://portal/api/kubernetes',
    token: async () => `token-${++tokens}`,
    fetch: async (url, init = {}) => {
      sent.push({ url: String(url), init, headers: new Headers(init.headers) });
      return answer();
    },
  });
  return { transport, sent };
}

describe('createProxyKubeTransport', () => {
  it('sends a request to the named cluster through the proxy, uncompressed', async () => {
    const { transport, sent } = setup();
    await transport.request('prod/eu', '/api/v1/pods?limit=500');
    const [{ url, init, headers }] = sent;
    expect(url).toBe(
      'http://portal/api/kubernetes/proxy/api/v1/pods?limit=500',
    );
    expect(init.method).toBe('GET');
    expect(init.redirect).toBe('manual');
    expect(Object.fromEntries(headers)).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: 'Bearer token-1',
      'backstage-kubernetes-cluster': 'prod/eu',
    });
  });

  it('asks for a compressed answer where the caller can use one', async () => {
    const { transport, sent } = setup();
    await transport.request('a', '/api/v1/pods', { compressed: true });
    await transport.request('a', '/api/v1/pods', { compressed: false });
    expect(sent.map(({ headers }) => headers.get('accept-encoding'))).toEqual([
      'gzip',
      'identity',
    ]);
  });

  it('asks for a fresh token with every request', async () => {
    const { transport, sent } = setup();
    await transport.request('a', '/version');
    await transport.request('a', '/version');
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it('hands method, headers, body and signal on, and keeps its own headers', async () => {
    const { transport, sent } = setup();
    const { signal } = new AbortController();
    await transport.request('a', '/apis/apps/v1/namespaces/x/deployments/y', {
      method: 'PATCH',
      headers: {
        'Content-Type': 'application/apply-patch+yaml',
        Accept: 'application/yaml',
        authorization: 'Bearer stolen',
        'backstage-kubernetes-cluster': 'other',
        'Backstage-Kubernetes-Authorization': 'Bearer own',
      },
      body: 'kind: Deployment',
      signal,
    });
    const [{ init, headers }] = sent;
    expect(init).toMatchObject({ method: 'PATCH', body: 'kind: Deployment' });
    expect(init.signal).toBe(signal);
    expect(headers.get('accept')).toBe('application/yaml');
    expect(headers.get('content-type')).toBe('application/apply-patch+yaml');
    expect(headers.get('backstage-kubernetes-authorization')).toBe(
      'Bearer own',
    );
    expect(headers.get('authorization')).toBe('Bearer token-1');
    expect(headers.get('backstage-kubernetes-cluster')).toBe('a');
  });

  it('sends bytes as they are', async () => {
    const { transport, sent } = setup();
    const body = new Uint8Array([1, 2, 3]);
    await transport.request('a', '/api', { method: 'POST', body });
    expect(sent[0].init.body).toEqual(body);
  });

  it('resolves an answer of any status', async () => {
    const { transport } = setup(() => new Response('no', { status: 403 }));
    const response = await transport.request('a', '/api/v1/nodes');
    expect(response.status).toBe(403);
  });

  it.each([
    'api/v1/pods',
    '/api/../../catalog/entities',
    '/api/%2e%2E/x',
    '/./api',
    '/api#x',
  ])('refuses the path %s', async path => {
    const { transport, sent } = setup();
    await expect(transport.request('a', path)).rejects.toThrow(
      /path must be an absolute path/,
    );
    expect(sent).toEqual([]);
  });

  it('does not follow a path to another host', async () => {
    const { transport, sent } = setup();
    await transport.request('a', '//evil.example/api');
    expect(new URL(sent[0].url).host).toBe('portal');
  });

  it('lists clusters and drops what is none', async () => {
    const { transport, sent } = setup(() =>
      Response.json({
        items: [
          { name: 'a', title: 'A', authProvider: 'serviceAccount', x: 1 },
          { name: 'b' },
          { name: '' },
          {},
        ],
      }),
    );
    await expect(transport.clusters()).resolves.toEqual([
      { name: 'a', title: 'A', authProvider: 'serviceAccount' },
      { name: 'b' },
    ]);
    expect(sent[0].url).toBe('http://portal/api/kubernetes/clusters');
    expect(sent[0].headers.get('authorization')).toBe('Bearer token-1');
  });

  it('rejects when the Kubernetes plugin refuses the list', async () => {
    const { transport } = setup(() => new Response('no', { status: 401 }));
    await expect(transport.clusters()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 401,
    });
  });

  it('rejects a list in another shape and says what to check', async () => {
    const { transport } = setup(() => Response.json([]));
    await expect(transport.clusters()).rejects.toThrow(/without "items"/);
  });
});
