import { request } from 'node:https';

/** A cluster to test on. */
export interface TestCluster {
  url: string;
  /** Token with all rights, for the preparation of tests. */
  token: string;
  /** Token of the portal's ServiceAccount, with the rights that docs/install/rbac.yaml gives it. */
  portalToken: string;
  /** Authority as a kubeconfig has it: PEM in base64. */
  caData: string;
}

/** Sends JSON to an API server, for the preparation of a test; an error status is an error. */
export type SendKube = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
) => Promise<void>;

/** A client that trusts the cluster's own authority, which `fetch` cannot be told. */
export function createKubeClient(cluster: TestCluster): SendKube {
  const ca = Buffer.from(cluster.caData, 'base64');
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const call = request(
        `${cluster.url}${path}`,
        {
          method,
          ca,
          headers: {
            Authorization: `Bearer ${cluster.token}`,
            'Content-Type':
              method === 'PATCH'
                ? 'application/merge-patch+json'
                : 'application/json',
          },
        },
        response => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', chunk => {
            text += chunk;
          });
          response.on('end', () => {
            const status = response.statusCode ?? 0;
            if (status < 300) resolve();
            else reject(new Error(`${method} ${path}: ${status} ${text}`));
          });
        },
      );
      call.on('error', reject);
      call.end(body && JSON.stringify(body));
    });
}
