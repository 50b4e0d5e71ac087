import { Agent, request } from 'node:https';
import { Cluster, callCluster } from './cluster';

interface Copied {
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { uid: string }[];
    finalizers?: string[];
  };
  spec?: Record<string, unknown>;
  status?: unknown;
}

/** What is copied, owners before what they own. */
const PATHS = [
  '/api/v1/namespaces',
  '/api/v1/nodes',
  '/apis/apps/v1/deployments',
  '/apis/apps/v1/statefulsets',
  '/apis/apps/v1/replicasets',
  '/api/v1/services',
  '/api/v1/persistentvolumeclaims',
  '/api/v1/pods',
];

/** Writes under way at the same time. */
const WRITERS = 16;

/** The path under which an object of a list is created. */
export function pathOf(list: string, { metadata }: Copied): string {
  if (metadata.namespace === undefined) return list;
  const plural = list.slice(list.lastIndexOf('/') + 1);
  const group = list.slice(0, list.lastIndexOf('/'));
  return `${group}/namespaces/${encodeURIComponent(metadata.namespace)}/${plural}`;
}

/** The object without what only its own server may say, with its owners as the other server knows them. */
export function toBeCreated(
  object: Copied,
  uids: ReadonlyMap<string, string>,
): object {
  const { name, namespace, labels, annotations, ownerReferences } =
    object.metadata;
  const { clusterIP: _ip, clusterIPs: _ips, ...spec } = object.spec ?? {};
  return {
    metadata: {
      name,
      namespace,
      labels,
      annotations,
      ownerReferences: ownerReferences?.map(owner => ({
        ...owner,
        uid: uids.get(owner.uid) ?? owner.uid,
      })),
    },
    ...(object.spec && { spec }),
  };
}

function sender(cluster: Cluster) {
  const agent = new Agent({
    ca: Buffer.from(cluster.caData, 'base64'),
    keepAlive: true,
    maxSockets: WRITERS,
  });
  const send = (method: string, path: string, value: unknown) =>
    new Promise<{ code: number; text: string }>((done, fail) => {
      const body = JSON.stringify(value);
      const call = request(
        `${cluster.url}${path}`,
        {
          method,
          agent,
          headers: {
            authorization: `Bearer ${cluster.tokens.admin}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        response => {
          const parts: Buffer[] = [];
          response.on('data', part => parts.push(part));
          response.on('error', fail);
          response.on('end', () =>
            done({
              code: response.statusCode ?? 0,
              text: Buffer.concat(parts).toString('utf8'),
            }),
          );
        },
      );
      call.on('error', fail);
      call.end(body);
    });
  return { send, close: () => agent.destroy() };
}

/**
 * Creates the objects of one cluster in another, each with its status. Objects that are there already stay as they are.
 *
 * @throws Error with the server's words when it refuses an object
 */
export async function copyCluster(
  from: Cluster,
  to: Cluster,
  say: (line: string) => void,
): Promise<void> {
  const uids = new Map<string, string>();
  const { send, close } = sender(to);

  const copy = async (list: string, object: Copied) => {
    const path = pathOf(list, object);
    const wanted = toBeCreated(object, uids);
    const made = await send('POST', path, wanted);
    if (made.code === 409) return;
    const refuse = ({ code, text }: { code: number; text: string }) => {
      const { name } = object.metadata;
      throw new Error(`${path} ${name}: ${code} ${text.slice(0, 500)}`);
    };
    if (made.code >= 300) refuse(made);
    const created = JSON.parse(made.text) as Copied;
    uids.set(object.metadata.uid, created.metadata.uid);
    if (object.status === undefined || list.endsWith('/namespaces')) return;
    const name = encodeURIComponent(object.metadata.name);
    const changed = { ...created, status: object.status };
    const told = await send('PUT', `${path}/${name}/status`, changed);
    if (told.code >= 300) refuse(told);
  };

  try {
    for (const list of PATHS) {
      const { body } = await callCluster(from, list);
      const { items } = JSON.parse(body.toString('utf8')) as {
        items: Copied[];
      };
      say(`copying ${items.length} objects of ${list}`);
      const left = items.values();
      const writers = Array.from({ length: WRITERS }, async () => {
        for (const object of left) await copy(list, object);
      });
      await Promise.all(writers);
    }
  } finally {
    close();
  }
}
