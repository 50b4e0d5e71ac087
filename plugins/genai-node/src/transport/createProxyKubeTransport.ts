import { InputError, ResponseError } from '@backstage/errors';
import type {
  KubeCluster,
  KubeRequestInit,
  KubeTransport,
} from './KubeTransport';

/**
 * What the proxy transport needs from its host.
 *
 * @public
 */
export interface ProxyKubeTransportOptions {
  /** Base URL of the Kubernetes plugin, e.g. `http://localhost:7007/api/kubernetes`. */
  kubernetesBaseUrl(): Promise<string>;
  /** A fresh plugin token for the Kubernetes plugin; asked for with every request, because it expires within the hour. */
  token(): Promise<string>;
  fetch: typeof fetch;
  /** For answers that may come compressed, in case something is faster there; it may leave them so. Default: `fetch`. */
  fetchCompressed?: typeof fetch;
}

/**
 * Reaches clusters through the proxy of Backstage's Kubernetes plugin, with its clusters and its server-side credentials.
 *
 * Two traps are closed here. Responses are asked for uncompressed unless the caller says otherwise, because the backend's
 * compression holds watch events back until its buffer is full. And the status line of a watch arrives with the first event or bookmark, so a caller
 * must not take a silent `fetch` for a broken one.
 *
 * @public
 */
export function createProxyKubeTransport(
  options: ProxyKubeTransportOptions,
): KubeTransport {
  const { kubernetesBaseUrl, token, fetch: send } = options;
  const sendCompressed = options.fetchCompressed ?? send;

  return {
    async clusters(signal) {
      const response = await send(`${await kubernetesBaseUrl()}/clusters`, {
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${await token()}`,
        },
        signal,
      });
      if (!response.ok) throw await ResponseError.fromResponse(response);
      return readClusters(await response.json());
    },

    async request(cluster, path, init = {}) {
      assertSafePath(path);
      const headers = new Headers(init.headers);
      headers.set('Authorization', `Bearer ${await token()}`);
      headers.set('Backstage-Kubernetes-Cluster', cluster);
      headers.set('Accept-Encoding', init.compressed ? 'gzip' : 'identity');
      if (!headers.has('Accept')) headers.set('Accept', 'application/json');
      const chosen = init.compressed ? sendCompressed : send;
      return chosen(`${await kubernetesBaseUrl()}/proxy${path}`, {
        ...toRequestInit(init),
        headers,
      });
    },
  };
}

function toRequestInit({
  method,
  body,
  signal,
}: KubeRequestInit): globalThis.RequestInit {
  return {
    method: method ?? 'GET',
    // A copy, so that the type is a plain ArrayBuffer's view whatever backs the caller's.
    body: typeof body === 'string' || !body ? body : new Uint8Array(body),
    signal,
    // A redirect would carry the cluster header to wherever the API server points.
    redirect: 'manual',
  };
}

function assertSafePath(path: string): void {
  const [pathname] = path.split('?');
  const climbs = pathname
    .split('/')
    .some(segment => /^(\.|%2e){1,2}$/i.test(segment));
  if (!pathname.startsWith('/') || climbs || path.includes('#')) {
    throw new InputError(
      `path must be an absolute path on the API server without "." or ".." segments, got "${path}"`,
    );
  }
}

function readClusters(body: unknown): KubeCluster[] {
  const items = (body as { items?: unknown } | null)?.items;
  if (!Array.isArray(items)) {
    throw new Error(
      'The Kubernetes plugin answered its cluster list without "items"; check that its version is supported',
    );
  }
  return items.flatMap((item: unknown) => {
    const { name, title, authProvider } = item as Record<string, unknown>;
    if (typeof name !== 'string' || name === '') return [];
    return [
      {
        name,
        ...(typeof title === 'string' ? { title } : {}),
        ...(typeof authProvider === 'string' ? { authProvider } : {}),
      },
    ];
  });
}
