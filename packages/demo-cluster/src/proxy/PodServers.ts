import { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { KubeObject } from '../store/ObjectStore';

/** One HTTP request that came to a port of a pod through the API server. */
export interface PodRequest {
  /** The pod as it is in the store now. */
  pod: KubeObject;
  port: number;
  method: string;
  /** Path inside the pod, starting with `/`, still percent-encoded, without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What answers on one port of a pod. It may stream: the response goes to the caller as it is written. */
export interface PodServer {
  handle(request: PodRequest, response: ServerResponse): Promise<void> | void;
}

/** Decides which server, if any, listens on a port of a pod. Called per request, so it must be cheap. */
export type PodServerResolver = (
  pod: KubeObject,
  port: number,
) => PodServer | undefined;

/** All that listens inside the simulated pods. */
export interface PodServers {
  /** Adds a kind of server; earlier ones win. */
  register(resolver: PodServerResolver): void;
  /** The server of that port; `undefined` means that nothing listens there. */
  resolve(pod: KubeObject, port: number): PodServer | undefined;
}

/** Text that `kubectl logs` shows for a container; lines end with a newline. */
export type PodLogs = (pod: KubeObject, container: string) => string;

/** An empty registry. */
export function createPodServers(): PodServers {
  const resolvers: PodServerResolver[] = [];
  return {
    register: resolver => {
      resolvers.push(resolver);
    },
    resolve(pod, port) {
      for (const resolver of resolvers) {
        const server = resolver(pod, port);
        if (server) {
          return server;
        }
      }
      return undefined;
    },
  };
}
