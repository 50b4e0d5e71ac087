import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { Child, startChild } from './child';
import { Cluster } from './cluster';

/** Name of the cluster in the portal. */
export const CLUSTER_NAME = 'bench';

/** What the portal asked the cluster since it started. */
export interface PortalRequests {
  count: number;
  paths: string[];
}

/** The portal in a process of its own. */
export interface Portal {
  url: string;
  token: string;
  child: Child;
  /** Calls it and reads the answer to its end; `bytes` are those on the wire. */
  call(
    path: string,
    more?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<{ bytes: number; text: string }>;
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

function configText(options: {
  port: number;
  token: string;
  cluster: Cluster;
  entities: string;
  watched: boolean;
}): string {
  const { port, token, cluster, entities, watched } = options;
  const url = `http://127.0.0.1:${port}`;
  return stringify({
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      auth: {
        externalAccess: [
          { type: 'static', options: { token, subject: 'bench' } },
        ],
      },
      auditor: { severityLogLevelMappings: { medium: 'debug' } },
    },
    catalog: {
      locations: [{ type: 'file', target: entities }],
      rules: [{ allow: ['Component'] }],
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: CLUSTER_NAME,
              url: cluster.url,
              authProvider: 'serviceAccount',
              serviceAccountToken: cluster.tokens.portal,
              caData: cluster.caData,
            },
          ],
        },
      ],
    },
    genai: watched ? {} : { clusters: { exclude: [CLUSTER_NAME] } },
  });
}

/** Starts the portal; with `watched: false` it leaves the cluster alone, which is what the state is compared with. */
export async function startPortal(options: {
  folder: string;
  cluster: Cluster;
  /** Names of Components to have in the catalog; each selects pods by its own name. */
  components: string[];
  watched: boolean;
}): Promise<Portal> {
  const { folder, cluster, components, watched } = options;
  const port = await freePort();
  const token = randomBytes(24).toString('base64url');
  const entities = join(folder, 'components.yaml');
  const documents = components.map(name =>
    stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, annotations: { 'backstage.io/kubernetes-id': name } },
      spec: { type: 'service', lifecycle: 'production', owner: 'bench' },
    }),
  );
  writeFileSync(entities, documents.join('---\n'));
  const config = join(folder, `portal-${port}.yaml`);
  writeFileSync(
    config,
    configText({ port, token, cluster, entities, watched }),
    { mode: 0o600 },
  );
  const child = startChild(
    require.resolve('./portalMain'),
    ['--config', config],
    {
      // Configuration schemas are collected from the package of the working directory.
      cwd: dirname(require.resolve('../package.json')),
      execArgv: ['--expose-gc'],
      env: {
        BENCH_CLUSTER_URL: cluster.url,
        NODE_ENV: 'production',
        LOG_LEVEL: 'warn',
      },
    },
  );
  const url = `http://127.0.0.1:${port}`;
  const agent = new Agent({ keepAlive: true });
  const call: Portal['call'] = (path, more = {}) =>
    new Promise((done, fail) => {
      const { body, headers } = more;
      const text = body === undefined ? undefined : JSON.stringify(body);
      const outgoing = request(
        `${url}${path}`,
        {
          agent,
          method: text === undefined ? 'GET' : 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            ...(text !== undefined && { 'content-type': 'application/json' }),
            ...headers,
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', fail);
          response.on('end', () => {
            const whole = Buffer.concat(chunks);
            if (response.statusCode === 200) {
              done({ bytes: whole.length, text: whole.toString('utf8') });
            } else {
              fail(
                new Error(
                  `${path}: ${response.statusCode} ${whole.toString('utf8', 0, 500)}`,
                ),
              );
            }
          });
        },
      );
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        // the server closed a connection that was idle, just as it was taken again
        if (outgoing.reusedSocket && error.code === 'ECONNRESET') {
          call(path, more).then(done, fail);
        } else fail(error);
      });
      outgoing.end(text);
    });
  const ended = child.line(/^never$/).catch((error: Error) => error);
  for (;;) {
    const answer = await Promise.race([
      call('/.backstage/health/v1/readiness').catch(() => undefined),
      ended,
    ]);
    if (answer instanceof Error) throw answer;
    if (answer) break;
    await sleep(50);
  }
  return {
    url,
    token,
    child,
    call,
    async stop() {
      agent.destroy();
      await child.stop();
    },
  };
}
