/** @jest-environment node */
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { createPodServers } from '../proxy/PodServers';
import { KubeObject } from '../store/ObjectStore';
import { keepRunning } from './keepRunning';
import { registerStores } from './registerStores';

function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ server: Server; url: string }> {
  const server = createServer(handle);
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ server, url: `http://127.0.0.1:${port}` });
    });
  });
}

const pod = (name: string, image = 'ghcr.io/chroma-core/chroma:1.5.9') =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'team-a' },
    spec: { containers: [{ name: 'chroma', image }] },
    status: { containerStatuses: [{ name: 'chroma', state: { running: {} } }] },
  }) as unknown as KubeObject;

describe('pods that run Chroma', () => {
  const seen: string[] = [];
  let real: Awaited<ReturnType<typeof listen>>;
  let front: Awaited<ReturnType<typeof listen>>;
  let target: KubeObject;

  beforeAll(async () => {
    real = await listen((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.setHeader('Content-Type', 'application/json');
      response.end('[]');
    });
    const servers = createPodServers();
    registerStores(servers, () => real.url);
    front = await listen((request, response) => {
      const { pathname, searchParams } = new URL(request.url!, front.url);
      void servers.resolve(target, 8000)!.handle(
        {
          pod: target,
          port: 8000,
          method: request.method!,
          path: pathname,
          query: searchParams,
          headers: request.headers,
          body: Buffer.alloc(0),
        },
        response,
      );
    });
  });

  beforeEach(() => {
    seen.length = 0;
  });

  afterAll(() => {
    real.server.close();
    front.server.close();
  });

  const LIST =
    '/api/v2/tenants/default_tenant/databases/default_database/collections?limit=5';

  it('lead to the real one', async () => {
    target = pod('chroma-0');
    const answer = await fetch(`${front.url}${LIST}`);
    expect(await answer.json()).toEqual([]);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(seen).toEqual([`GET ${LIST}`]);
  });

  it('of another store have a database of their own, made once', async () => {
    target = pod('docs-0');
    await fetch(`${front.url}${LIST}`);
    await fetch(`${front.url}${LIST}`);
    const own = LIST.replace('default_database', 'team-a--docs');
    expect(seen).toEqual([
      'POST /api/v2/tenants/default_tenant/databases',
      `GET ${own}`,
      `GET ${own}`,
    ]);
  });

  it('refuse connections without it, before they run, and on other ports', () => {
    const without = createPodServers();
    registerStores(without, () => undefined);
    expect(without.resolve(pod('chroma-0'), 8000)).toBeUndefined();
    const servers = createPodServers();
    registerStores(servers, () => real.url);
    expect(servers.resolve(pod('chroma-0'), 8001)).toBeUndefined();
    expect(servers.resolve(pod('pg-0', 'postgres:18'), 8000)).toBeUndefined();
    const waiting = { ...pod('chroma-0'), status: {} } as KubeObject;
    expect(servers.resolve(waiting, 8000)).toBeUndefined();
  });
});

describe('keepRunning', () => {
  const isAlive = (pid: number) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };

  it('ends its program, also one that does not listen', async () => {
    const script = `process.on('SIGTERM', () => {}); process.send('up'); setInterval(() => {}, 1000)`;
    const kept = keepRunning({
      args: ['-e', script],
      signal: 'SIGTERM',
      onStart: () => {},
      onEnd: () => {},
    });
    const pid = kept.pid()!;
    expect(isAlive(pid)).toBe(true);
    await kept.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('tells the last words of a program that ended by itself', async () => {
    const ended = await new Promise<[number | null, string]>(resolve => {
      const kept = keepRunning({
        args: ['-e', `console.error('no space left'); process.exit(3)`],
        signal: 'SIGTERM',
        onStart: () => {},
        onEnd: (code, words) => {
          void kept.stop().then(() => resolve([code, words]));
        },
      });
    });
    expect(ended).toEqual([3, 'no space left']);
  });
});
