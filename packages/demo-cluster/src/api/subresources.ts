import { Authenticator } from '../auth/authenticator';
import { logs } from '../proxy/logs';
import { proxyToNode } from '../proxy/nodeProxy';
import { proxy } from '../proxy/proxy';
import { PodLogs, PodServers } from '../proxy/PodServers';
import {
  ApiStatusError,
  conflict,
  pathNotFound,
} from '../store/ApiStatusError';
import { kubeTime, ResourceId } from '../store/ObjectStore';
import { readObject } from './body';
import { ResourceContext } from './context';
import { requestedObject, sendObject } from './read';
import { sendValue } from './respond';
import { scale } from './scale';
import { at, node, textMap, texts } from './schema/nodes';
import { writeOptions } from './write/options';
import { patch, replace } from './write/handlers';

/** What the subresources need. */
export interface SubresourceOptions {
  authenticator: Authenticator;
  podServers: PodServers;
  podLogs: PodLogs;
  /** `/stats/summary` of a node's kubelet. */
  nodeStats(node: string): Promise<object>;
}

const BUDGETS: ResourceId = {
  group: 'policy',
  version: 'v1',
  plural: 'poddisruptionbudgets',
};
const SUCCESS = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
};

async function evict(context: ResourceContext) {
  const { request, response, store, resource, query } = context;
  const pod = requestedObject(context);
  const { namespace, name, labels = {} } = pod.metadata;
  const { dryRun } = writeOptions(query, 'CreateOptions');
  const { value } = await readObject(request);
  const blocking = store.list(BUDGETS, { namespace }).find(budget => {
    const wanted = Object.entries(
      textMap(at(budget, 'spec', 'selector', 'matchLabels')),
    );
    return (
      wanted.length > 0 &&
      wanted.every(([key, each]) => labels[key] === each) &&
      Number(at(budget, 'status', 'disruptionsAllowed') ?? 0) < 1
    );
  });
  if (blocking) {
    throw new ApiStatusError(
      429,
      'TooManyRequests',
      "Cannot evict pod as it would violate the pod's disruption budget.",
      {
        causes: [
          {
            reason: 'DisruptionBudget',
            message: `The disruption budget ${blocking.metadata.name} needs ${String(at(blocking, 'status', 'desiredHealthy') ?? 0)} healthy pods and has ${String(at(blocking, 'status', 'currentHealthy') ?? 0)} currently`,
          },
        ],
      },
    );
  }
  if (!dryRun) {
    const grace = at(value, 'deleteOptions', 'gracePeriodSeconds');
    store.delete(resource, namespace, name, {
      gracePeriodSeconds: typeof grace === 'number' ? grace : undefined,
    });
  }
  sendValue(request, response, 201, { ...SUCCESS, code: 201 });
}

async function bind(context: ResourceContext) {
  const { request, response, store, resource } = context;
  const pod = requestedObject(context);
  const { value } = await readObject(request);
  const nodeName = at(value, 'target', 'name');
  if (at(pod, 'spec', 'nodeName')) {
    throw conflict(
      { group: '', plural: 'pods/binding' },
      pod.metadata.name,
      `pod ${pod.metadata.name} is already assigned to node "${String(at(pod, 'spec', 'nodeName'))}"`,
    );
  }
  store.update(resource, { ...pod, spec: { ...node(pod.spec), nodeName } });
  sendValue(request, response, 201, { ...SUCCESS, code: 201 });
}

async function finalize(context: ResourceContext) {
  const { request, store, resource } = context;
  const namespace = requestedObject(context);
  const { value } = await readObject(request);
  const next = {
    ...namespace,
    spec: { finalizers: texts(at(value, 'spec', 'finalizers')) },
  };
  sendObject(context, store.update(resource, next));
}

const DEFAULT_TOKEN_SECONDS = 3_600;

async function issueToken(
  context: ResourceContext,
  authenticator: Authenticator,
) {
  const { request, response } = context;
  const { metadata } = requestedObject(context);
  const { value } = await readObject(request);
  const seconds =
    Number(at(value, 'spec', 'expirationSeconds')) || DEFAULT_TOKEN_SECONDS;
  const { token, expires } = authenticator.issue(
    {
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      uid: metadata.uid,
    },
    seconds,
  );
  sendValue(request, response, 201, {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name: metadata.name, namespace: metadata.namespace },
    spec: { ...node(value.spec), expirationSeconds: seconds },
    status: { token, expirationTimestamp: kubeTime(expires) },
  });
}

/** Answers a request for a part of an object. Throws 404 for a part which the resource does not have. */
export async function subresource(
  context: ResourceContext,
  options: SubresourceOptions,
): Promise<void> {
  const { requested, resource, info } = context;
  const name = requested.subresource ?? '';
  const known = resource.subresources[name];
  if (!known) {
    throw pathNotFound();
  }
  if (name !== 'proxy' && !known.verbs.includes(info.verb)) {
    throw new ApiStatusError(
      405,
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource',
      {},
    );
  }
  switch (name) {
    case 'status':
      if (info.verb === 'get') {
        return sendObject(context, requestedObject(context));
      }
      return info.verb === 'patch' ? patch(context) : replace(context);
    case 'scale':
      return scale(context);
    case 'log':
      return logs(context, options.podLogs);
    case 'proxy':
      return resource.plural === 'nodes'
        ? proxyToNode(context, options.nodeStats)
        : proxy(context, options.podServers);
    case 'eviction':
      return evict(context);
    case 'binding':
      return bind(context);
    case 'finalize':
      return finalize(context);
    case 'token':
      return issueToken(context, options.authenticator);
    default:
      throw new ApiStatusError(
        501,
        'NotImplemented',
        `the demo cluster simulates containers: ${name} is not possible`,
        {},
      );
  }
}
