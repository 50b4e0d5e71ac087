import type { KubeTransport } from '@promptside/backstage-plugin-genai-node';
import type { KubeManifest } from '../kubernetes/KubeManifest';

const API: Record<string, Record<string, string>> = {
  v1: {
    Namespace: 'namespaces',
    Service: 'services',
    ServiceAccount: 'serviceaccounts',
    ConfigMap: 'configmaps',
    PersistentVolumeClaim: 'persistentvolumeclaims',
  },
  'apps/v1': { Deployment: 'deployments' },
  'networking.k8s.io/v1': { NetworkPolicy: 'networkpolicies' },
  'policy/v1': { PodDisruptionBudget: 'poddisruptionbudgets' },
};

/** The few answers of a Kubernetes API that the writer needs, held in memory, with room for refusals. */
export function memoryCluster(options: {
  cluster?: string;
  objects?: KubeManifest[];
  /** Answers instead of the cluster, where it returns something. */
  intercept?: (
    method: string,
    url: URL,
    body: KubeManifest | undefined,
  ) => Response | undefined;
}) {
  const { cluster = 'demo', objects = [], intercept } = options;
  const store = new Map<string, KubeManifest>();
  const requests: { method: string; url: URL }[] = [];

  const pathOf = (object: KubeManifest) => {
    const { name, namespace } = object.metadata;
    const root = object.apiVersion.includes('/') ? '/apis' : '/api';
    const plural = API[object.apiVersion][object.kind];
    return `${root}/${object.apiVersion}${
      namespace ? `/namespaces/${namespace}` : ''
    }/${plural}/${name}`;
  };
  objects.forEach(object => store.set(pathOf(object), object));

  const status = (code: number, message: string) =>
    Response.json({ kind: 'Status', code, message }, { status: code });

  const answer = (
    method: string,
    url: URL,
    body: KubeManifest | undefined,
  ): Response => {
    const version = url.pathname.replace(/^\/apis?\//, '');
    if (method === 'GET' && version in API) {
      return Response.json({
        kind: 'APIResourceList',
        resources: Object.entries(API[version]).map(([kind, name]) => ({
          kind,
          name,
          namespaced: kind !== 'Namespace',
        })),
      });
    }
    const live = store.get(url.pathname);
    switch (method) {
      case 'GET':
        return live ? Response.json(live) : status(404, 'not found');
      case 'PATCH': {
        const next = { ...live, ...body } as KubeManifest;
        if (!url.searchParams.has('dryRun')) store.set(url.pathname, next);
        return Response.json(next, { status: live ? 200 : 201 });
      }
      default:
        return store.delete(url.pathname)
          ? Response.json({ kind: 'Status', status: 'Success' })
          : status(404, 'not found');
    }
  };

  const transport: KubeTransport = {
    clusters: async () => [{ name: cluster }],
    request: async (_cluster, path, init = {}) => {
      const url = new URL(path, 'http://cluster');
      const method = init.method ?? 'GET';
      init.signal?.throwIfAborted();
      requests.push({ method, url });
      const body =
        typeof init.body === 'string'
          ? (JSON.parse(init.body) as KubeManifest)
          : undefined;
      return intercept?.(method, url, body) ?? answer(method, url, body);
    },
  };
  return {
    transport,
    requests,
    objects: () => [...store.values()],
    /** As if somebody else had written it. */
    put: (object: KubeManifest) => store.set(pathOf(object), object),
  };
}

/** A minimal object of ours. */
export function ourObject(
  apiVersion: string,
  kind: string,
  name: string,
  extra: Partial<KubeManifest['metadata']> = {},
): KubeManifest {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: 'team-a',
      labels: { 'app.kubernetes.io/managed-by': 'promptside' },
      ...extra,
    },
  };
}
