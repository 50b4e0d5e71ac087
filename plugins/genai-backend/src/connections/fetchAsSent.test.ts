import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { fetchAsSent } from './fetchAsSent';
import { inflate } from './inflate';

const LIST = JSON.stringify({
  kind: 'PodList',
  items: ['模型'.repeat(90_000)],
});

describe('fetchAsSent', () => {
  let server: Server;
  let url: string;
  let answer: RequestListener;
  const bodyOf = async (response: Response) =>
    Buffer.from(await response.arrayBuffer());

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('hands a compressed body over as it was sent', async () => {
    const compressed = gzipSync(LIST);
    answer = (request, response) => {
      expect(request.headers).toMatchObject({
        'accept-encoding': 'gzip',
        authorization: 'Bearer x',
      });
      response.setHeader('Content-Encoding', 'gzip');
      response.end(compressed);
    };
    const response = await fetchAsSent(`${url}/api/v1/pods?limit=5`, {
      headers: new Headers({
        'Accept-Encoding': 'gzip',
        Authorization: 'Bearer x',
      }),
    });
    expect(response.ok).toBe(true);
    const body = await bodyOf(response);
    expect(body.equals(compressed)).toBe(true);
    await expect(inflate(body)).resolves.toBe(LIST);
  });

  it('resolves an answer of any status and does not follow redirects', async () => {
    answer = (_, response) => {
      response.writeHead(302, { Location: 'http://evil.example/' });
      response.end('gone');
    };
    const response = await fetchAsSent(url);
    expect(response.status).toBe(302);
    await expect(response.text()).resolves.toBe('gone');
    answer = (_, empty) => empty.writeHead(204).end();
    expect((await fetchAsSent(url)).status).toBe(204);
  });

  it('ends the request, and the body, when the signal aborts', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    answer = (request, response) => {
      closed = new Promise(done => request.socket.once('close', done));
      response.write('{"items":[');
    };
    const abort = new AbortController();
    const response = await fetchAsSent(url, { signal: abort.signal });
    const body = response.text();
    abort.abort();
    await expect(body).rejects.toThrow();
    await closed;
    await expect(
      fetchAsSent(url, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('rejects where nobody answers', async () => {
    await expect(fetchAsSent('http://127.0.0.1:1/')).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});

describe('inflate', () => {
  it('takes a body that is inflated already as it is', async () => {
    await expect(inflate(Buffer.from(LIST))).resolves.toBe(LIST);
    await expect(inflate(Buffer.alloc(0))).resolves.toBe('');
  });

  it('refuses a body that only begins like gzip', async () => {
    const cut = gzipSync(LIST).subarray(0, 60);
    await expect(inflate(cut)).rejects.toThrow();
  });
});
