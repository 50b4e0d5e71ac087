import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GenaiClient } from '@promptside/backstage-plugin-genai-common';
import type { TestCluster } from './KubeClient';

/** The backend of `portal.ts`, running. */
export interface Portal {
  client: GenaiClient;
  /** What it pushed to browsers so far, oldest first. */
  readonly hints: ReadonlyArray<{ channel: string; message: unknown }>;
  /** What it wrote to its log so far. */
  log(): string;
  stop(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts the backend on the cluster; resolves when it answers.
 *
 * @param options - `idleTimeout`: how long a watch may be silent; the default is the plugin's own. `postgresPort`: of the PostgreSQL behind
 * the store `handbook-pg`
 */
export async function startPortal(
  cluster: TestCluster,
  options: { idleTimeout?: string; postgresPort?: number } = {},
): Promise<Portal> {
  const port = await freePort();
  const token = randomBytes(24).toString('base64url');
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      path.join(__dirname, 'portal.ts'),
      '--config',
      path.join(__dirname, 'portal-config.yaml'),
    ],
    {
      // configuration schemas are collected from the package of the working directory
      cwd: path.dirname(__dirname),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_ENV: 'development',
        PROMPTSIDE_TEST_PORT: String(port),
        PROMPTSIDE_TEST_TOKEN: token,
        PROMPTSIDE_TEST_KUBE_URL: cluster.url,
        PROMPTSIDE_TEST_KUBE_TOKEN: cluster.portalToken,
        PROMPTSIDE_TEST_KUBE_CA: cluster.caData,
        PROMPTSIDE_TEST_POSTGRES_PORT: String(options.postgresPort ?? 9),
        PROMPTSIDE_TEST_IDLE_TIMEOUT: options.idleTimeout ?? '100s',
      },
    },
  );
  const output: string[] = [];
  const hints: Array<{ channel: string; message: unknown }> = [];
  child.on('message', hint => hints.push(hint as (typeof hints)[number]));
  let ended = false;
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8');
    stream.on('data', chunk => output.push(chunk));
  }
  const closed = new Promise<void>(resolve => {
    child.on('close', () => {
      ended = true;
      resolve();
    });
  });
  const client = new GenaiClient({
    discovery: { getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}` },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('Authorization', `Bearer ${token}`);
        // a machine that stands still for longer than the backend keeps a connection would meet its end
        headers.set('Connection', 'close');
        return fetch(input, { ...init, headers });
      },
    },
  });
  for (;;) {
    if (ended) throw new Error(`The backend ended:\n${output.join('')}`);
    try {
      await client.getClusters();
      break;
    } catch {
      await sleep(100);
    }
  }
  return {
    client,
    hints,
    log: () => output.join(''),
    async stop() {
      child.kill('SIGTERM');
      await closed;
    },
  };
}
