import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import express, { Router, type Request, type Response } from 'express';

type RawObject = {
  metadata: { name: string; uid: string };
  [key: string]: unknown;
};

/**
 * Stands where Backstage's Kubernetes plugin stands, with its two routes that matter here: the list of clusters and the
 * proxy. The stock plugin cannot be loaded under jest.
 */
export class FakeKubernetesPlugin {
  /** Lists by path; a path that is missing answers 404 as an API that is not installed. */
  readonly objects = new Map<string, RawObject[]>();
  /** What answers a path instead of a list, e.g. a pod behind its proxy; it gets the body as JSON. */
  readonly handlers = new Map<
    string,
    (request: Request, response: Response) => void
  >();
  /** Paths of all requests to the API server that are no watch. */
  readonly reads: string[] = [];
  clusters = ['one'];
  /** Status of the list of clusters, when it cannot be read. */
  clusterFault?: number;
  readonly #watches = new Map<string, Set<Response>>();

  constructor(paths: readonly string[]) {
    for (const path of paths) this.objects.set(path, []);
  }

  /** Changes an object and tells everybody who watches. */
  send(
    path: string,
    type: 'ADDED' | 'MODIFIED' | 'DELETED',
    object: RawObject,
  ) {
    const others = (this.objects.get(path) ?? []).filter(
      other => other.metadata.uid !== object.metadata.uid,
    );
    this.objects.set(path, type === 'DELETED' ? others : [...others, object]);
    for (const response of this.#watches.get(path) ?? []) {
      response.write(`${JSON.stringify({ type, object })}\n`);
    }
  }

  get plugin(): BackendFeature {
    const handle = (request: Request, response: Response) =>
      this.#proxy(request, response);
    const listClusters = (_: Request, response: Response) => {
      if (this.clusterFault) response.status(this.clusterFault);
      response.json({ items: this.clusters.map(name => ({ name })) });
    };
    return createBackendPlugin({
      pluginId: 'kubernetes',
      register(env) {
        env.registerInit({
          deps: { httpRouter: coreServices.httpRouter },
          async init({ httpRouter }) {
            const router = Router();
            router.get('/clusters', listClusters);
            router.all('/proxy/*', express.json(), handle);
            httpRouter.use(router);
          },
        });
      },
    });
  }

  #proxy(request: Request, response: Response) {
    const path = request.path.slice('/proxy'.length);
    if (request.query.watch !== 'true') this.reads.push(path);
    const items = this.objects.get(path);
    const handler = this.handlers.get(path);
    if (handler) {
      handler(request, response);
    } else if (request.method !== 'GET') {
      response.status(405).send('405 method not allowed');
    } else if (path === '/version') {
      response.json({ gitVersion: 'v1.36.2' });
    } else if (!items) {
      response.status(404).send('404 page not found');
    } else if (request.query.watch === 'true') {
      const watches = this.#watches.get(path) ?? new Set<Response>();
      this.#watches.set(path, watches.add(response));
      response.on('close', () => watches.delete(response));
      // the headers go with the first event, as they do through the real proxy
      response.type('application/json');
    } else {
      response.json({
        kind: 'List',
        apiVersion: 'v1',
        metadata: { resourceVersion: '1' },
        items,
      });
    }
  }
}
