import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import type { DemoCluster } from '@promptside/demo-cluster';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { request as sendHttps } from 'node:https';

const PROXY = '/api/kubernetes/proxy';

/** A name in the list of clusters behind which nobody answers. */
export const UNREACHABLE_CLUSTER = 'unreachable';

function sendJson(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/**
 * The two routes of Backstage's Kubernetes plugin that count here, with the demo cluster behind them: the list of clusters
 * and the proxy, which puts the portal's own token on each request. The stock plugin cannot be loaded under jest.
 */
export function kubernetesProxy(
  cluster: DemoCluster,
  access: { token: string },
): BackendFeature {
  const forward = (request: IncomingMessage, response: ServerResponse) => {
    const name = request.headers['backstage-kubernetes-cluster'];
    if (name === UNREACHABLE_CLUSTER) {
      sendJson(response, 502, { error: { message: 'connect ECONNREFUSED' } });
      return;
    }
    const path = (request as { originalUrl?: string }).originalUrl ?? '';
    const { host: _, authorization: __, ...headers } = request.headers;
    const upstream = sendHttps(
      new URL(path.slice(PROXY.length), cluster.url),
      {
        method: request.method,
        headers: { ...headers, authorization: `Bearer ${access.token}` },
        ca: Buffer.from(cluster.caData, 'base64'),
        agent: false,
      },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    upstream.on('error', error => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 502, { error: { message: error.message } });
    });
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  };

  return createBackendPlugin({
    pluginId: 'kubernetes',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          httpRouter.use((request, response, next) => {
            if (request.path === '/clusters') {
              const items = ['demo', UNREACHABLE_CLUSTER];
              response.json({ items: items.map(name => ({ name })) });
            } else if (request.path.startsWith('/proxy/')) {
              forward(request, response);
            } else {
              next();
            }
          });
        },
      });
    },
  });
}
