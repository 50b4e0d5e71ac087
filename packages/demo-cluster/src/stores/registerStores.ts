import { PodServer, PodServers } from '../proxy/PodServers';
import { at, nodes } from '../api/schema/nodes';
import { KubeObject } from '../store/ObjectStore';

const PORT = 8000;
/** Longest wait for a store that hangs. */
const TIMEOUT_MS = 10_000;

/** Whether a pod runs Chroma and its container is up. */
export function runsChroma(pod: KubeObject): boolean {
  const [container] = nodes(at(pod, 'spec', 'containers'));
  const [status] = nodes(at(pod, 'status', 'containerStatuses'));
  return (
    /(^|\/)chroma(db)?(:|@|$)/.test(String(container?.image ?? '')) &&
    at(status ?? {}, 'state', 'running') !== undefined
  );
}

/**
 * Puts the real Chroma behind port 8000 of every pod that runs Chroma. Pods of other StatefulSets than the seeded one get a
 * database of their own in it, so that their collections are not shared.
 *
 * @param url - of the real one; `undefined`: connections are refused
 */
export function registerStores(
  podServers: PodServers,
  url: () => string | undefined,
): void {
  const databases = new Set<string>();
  podServers.register((pod, port) => {
    const base = url();
    return base && port === PORT && runsChroma(pod)
      ? forwardTo(base, databaseOf(pod), databases)
      : undefined;
  });
}

/** The seeded store has Chroma's own default database. */
function databaseOf(pod: KubeObject): string {
  const { namespace = '', name } = pod.metadata;
  const store = name.replace(/-\d+$/, '');
  return store === 'chroma' ? 'default_database' : `${namespace}--${store}`;
}

function forwardTo(
  base: string,
  database: string,
  known: Set<string>,
): PodServer {
  return {
    async handle({ method, path, query, headers, body }, response) {
      if (database !== 'default_database' && !known.has(database)) {
        await fetch(`${base}/api/v2/tenants/default_tenant/databases`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ name: database }),
        });
        known.add(database);
      }
      const search = query.size > 0 ? `?${query}` : '';
      const own = path.replace('/default_database', `/${database}`);
      const type = headers['content-type'];
      const answer = await fetch(`${base}${own}${search}`, {
        method,
        headers: type ? { 'Content-Type': type } : {},
        ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      response.statusCode = answer.status;
      const contentType = answer.headers.get('content-type');
      if (contentType) response.setHeader('Content-Type', contentType);
      response.end(Buffer.from(await answer.arrayBuffer()));
    },
  };
}
