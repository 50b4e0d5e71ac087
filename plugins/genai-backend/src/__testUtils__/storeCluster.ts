import {
  createClusterState,
  WATCHED_RESOURCES,
  type ClusterState,
  type KubeTransport,
  type ResourceKey,
} from '@promptside/backstage-plugin-genai-node';

type Raw = { metadata: object; [key: string]: unknown };

const STORE_LABELS = { app: 'docs' };
const CHROMA = {
  containers: [
    {
      name: 'chroma',
      image: 'ghcr.io/chroma-core/chroma:1.5.3',
      ports: [{ name: 'http', containerPort: 8000 }],
    },
  ],
};

/** A Chroma `docs` in `team-a`: StatefulSet, Service on port 80, pod on node `n1` and claim. */
export function chromaObjects(): Record<string, Raw[]> {
  const meta = (kind: string, name: string, more = {}) => ({
    name,
    namespace: 'team-a',
    uid: `${kind}-${name}`,
    resourceVersion: '1',
    generation: 1,
    ...more,
  });
  return {
    statefulsets: [
      {
        metadata: meta('sts', 'docs'),
        spec: {
          replicas: 1,
          template: { metadata: { labels: STORE_LABELS }, spec: CHROMA },
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: { resources: { requests: { storage: '1Gi' } } },
            },
          ],
        },
        status: {
          observedGeneration: 1,
          replicas: 1,
          readyReplicas: 1,
          updatedReplicas: 1,
        },
      },
    ],
    pods: [
      {
        metadata: meta('pod', 'docs-0', {
          labels: STORE_LABELS,
          ownerReferences: [
            {
              kind: 'StatefulSet',
              name: 'docs',
              uid: 'sts-docs',
              controller: true,
            },
          ],
        }),
        spec: { nodeName: 'n1', ...CHROMA },
        status: {
          phase: 'Running',
          conditions: [
            { type: 'PodScheduled', status: 'True' },
            { type: 'Ready', status: 'True' },
          ],
          containerStatuses: [
            {
              name: 'chroma',
              ready: true,
              restartCount: 0,
              state: { running: {} },
            },
          ],
        },
      },
    ],
    services: [
      {
        metadata: meta('svc', 'docs'),
        spec: {
          clusterIP: '10.0.0.7',
          selector: STORE_LABELS,
          ports: [{ port: 80, targetPort: 'http' }],
        },
      },
    ],
    persistentvolumeclaims: [
      {
        metadata: meta('pvc', 'data-docs-0'),
        spec: { resources: { requests: { storage: '1Gi' } } },
        status: { phase: 'Bound' },
      },
    ],
  };
}

/** The state of a cluster `one` with these objects by resource. */
export function stateOf(objects: Record<string, unknown[]>): ClusterState {
  const state = createClusterState('one');
  putObjects(state, objects);
  return state;
}

/** Replaces the lists of those resources. */
export function putObjects(
  state: ClusterState,
  objects: Record<string, unknown[]>,
): void {
  for (const { key, project } of WATCHED_RESOURCES) {
    const list = objects[key as ResourceKey];
    if (list)
      state.replace(
        key,
        list.flatMap(raw => project(raw) ?? []),
      );
  }
}

/** One request as a proxy saw it. */
export interface Asked {
  path: string;
  method: string;
  body?: string;
}

/** A transport that answers by a function, and what it was asked. */
export function transportOf(
  answer: (asked: Asked, signal: AbortSignal) => Response | Promise<Response>,
): KubeTransport & { asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    clusters: async () => [{ name: 'one' }],
    request: async (_, path, init) => {
      const one: Asked = {
        path,
        method: init?.method ?? 'GET',
        ...(init?.body ? { body: String(init.body) } : {}),
      };
      asked.push(one);
      init?.signal?.throwIfAborted();
      return new Promise<Response>((resolve, reject) => {
        init?.signal?.addEventListener('abort', () =>
          reject(init.signal?.reason),
        );
        Promise.resolve(answer(one, init!.signal!)).then(resolve, reject);
      });
    },
  };
}

const PROXY = '/api/v1/namespaces/team-a/services/docs:80/proxy';

/** What a sound Chroma answers behind the Service of `chromaObjects`. */
export function answerChroma({ path }: Asked): Response {
  const [route] = path.replace(PROXY, '').split('?');
  switch (route) {
    case '/api/v2/heartbeat':
      return Response.json({ 'nanosecond heartbeat': 1 });
    case '/api/v2/healthcheck':
      return Response.json({ is_executor_ready: true });
    case '/api/v2/version':
      return Response.json('1.5.3');
    default:
      return route.endsWith('/count')
        ? Response.json(7)
        : Response.json([{ id: 'c1', name: 'handbook', dimension: 384 }]);
  }
}
