import { ServerResponse } from 'node:http';
import { ApiStatusError, badRequest, notFound } from '../store/ApiStatusError';
import { KubeObject, ResourceId } from '../store/ObjectStore';
import { readBody } from '../api/body';
import { ResourceContext } from '../api/context';
import { at, node, nodes } from '../api/schema/nodes';
import { PodServers } from './PodServers';

const PODS: ResourceId = { group: '', version: 'v1', plural: 'pods' };
const SERVICES: ResourceId = { group: '', version: 'v1', plural: 'services' };
const SLICES: ResourceId = {
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
};

/** `[scheme:]name[:port]` of a proxy path. */
export function parseTarget(text: string): {
  scheme: string;
  name: string;
  port: string;
} {
  const parts = text.split(':');
  switch (parts.length) {
    case 1:
      return { scheme: '', name: parts[0], port: '' };
    case 2:
      return { scheme: '', name: parts[0], port: parts[1] };
    case 3:
      return { scheme: parts[0], name: parts[1], port: parts[2] };
    default:
      throw badRequest(`invalid proxy target ${JSON.stringify(text)}`);
  }
}

/** Nobody answers there. */
export function unavailable(message: string) {
  return new ApiStatusError(503, 'ServiceUnavailable', message);
}

function podTarget(context: ResourceContext, name: string, port: string) {
  const pod = context.store.get(PODS, context.requested.namespace, name);
  if (!pod) {
    throw notFound(PODS, name);
  }
  const first = nodes(at(pod, 'spec', 'containers'))
    .flatMap(container => nodes(container.ports))
    .find(each => each.containerPort)?.containerPort;
  return { pod, port: port ? Number(port) : Number(first ?? 80) };
}

/** One of the ready pods behind a service, chosen at random as the API server does. */
function serviceTarget(context: ResourceContext, name: string, port: string) {
  const { store, requested } = context;
  const service = store.get(SERVICES, requested.namespace, name);
  if (!service) {
    throw notFound(SERVICES, name);
  }
  const ports = nodes(at(service, 'spec', 'ports'));
  const chosen = port
    ? ports.find(each => each.name === port || String(each.port) === port)
    : ports[0];
  if (!chosen) {
    throw unavailable(`no service port ${port} found for service "${name}"`);
  }
  const candidates = store
    .list(SLICES, {
      namespace: requested.namespace,
      labelSelector: `kubernetes.io/service-name=${name}`,
    })
    .flatMap(slice => {
      const slicePort = nodes(slice.ports).find(
        each => (each.name ?? '') === (chosen.name ?? ''),
      );
      return nodes(slice.endpoints)
        .filter(endpoint => node(endpoint.conditions).ready === true)
        .flatMap(endpoint => {
          const pod = store.get(
            PODS,
            requested.namespace,
            String(at(endpoint, 'targetRef', 'name') ?? ''),
          );
          return pod && slicePort
            ? [{ pod, port: Number(slicePort.port) }]
            : [];
        });
    });
  if (candidates.length === 0) {
    throw unavailable(`no endpoints available for service "${name}"`);
  }
  return candidates[Math.floor(Math.random() * candidates.length)];
}

function isReachable(pod: KubeObject): boolean {
  return at(pod, 'status', 'phase') === 'Running';
}

/** Hands a request to what listens on a port of a pod, or of a pod behind a service. Throws 400, 404 or 503. */
export async function proxy(
  context: ResourceContext,
  servers: PodServers,
): Promise<void> {
  const { request, response, requested, query, info } = context;
  const { name, port: wanted } = parseTarget(requested.name ?? '');
  const { pod, port } =
    requested.plural === 'pods'
      ? podTarget(context, name, wanted)
      : serviceTarget(context, name, wanted);
  const address = at(pod, 'status', 'podIP');
  if (!address) {
    throw badRequest('address not allowed');
  }
  const server = isReachable(pod) ? servers.resolve(pod, port) : undefined;
  if (!server) {
    throw unavailable(
      `error trying to reach service: dial tcp ${String(address)}:${port}: connect: connection refused`,
    );
  }
  const body = await readBody(request);
  response.removeHeader('Cache-Control');
  await handle(server.handle.bind(server), response, {
    pod,
    port,
    method: request.method ?? 'GET',
    path: requested.rest ?? (info.path.endsWith('/') ? '/' : '/'),
    query,
    headers: request.headers,
    body,
  });
}

async function handle(
  serve: (
    call: Parameters<
      NonNullable<ReturnType<PodServers['resolve']>>['handle']
    >[0],
    response: ServerResponse,
  ) => Promise<void> | void,
  response: ServerResponse,
  call: Parameters<typeof serve>[0],
) {
  try {
    await serve(call, response);
  } catch (error) {
    throw unavailable(
      `error trying to reach service: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
