import { IncomingMessage } from 'node:http';
import { forbidden } from '../../store/ApiStatusError';
import { isRecord } from '../../store/json';
import { DeleteOptions, KubeObject } from '../../store/ObjectStore';
import { mediaType, parseJson, parseYaml, readBody } from '../body';
import { ResourceContext } from '../context';
import { decodeProtobuf, PROTOBUF_TYPE } from '../protobuf';
import {
  numberParameter,
  predicateOf,
  requestedObject,
  sendObject,
} from '../read';
import { sendValue } from '../respond';
import { JsonNode, node } from '../schema/nodes';
import { writeOptions } from './options';

/** Kinds whose deletion answers the object and not only success. */
const ANSWERED = new Set([
  'limitranges',
  'persistentvolumeclaims',
  'persistentvolumes',
  'pods',
  'resourcequotas',
  'serviceaccounts',
  'services',
]);
const KEPT_NAMESPACES = ['default', 'kube-system', 'kube-public'];

interface Deletion extends DeleteOptions {
  dryRun: boolean;
}

async function deleteOptions(request: IncomingMessage): Promise<JsonNode> {
  const bytes = await readBody(request);
  const type = mediaType(request);
  if (bytes.length && type === PROTOBUF_TYPE) {
    return decodeProtobuf(bytes) ?? {};
  }
  const text = bytes.toString('utf8').trim();
  const parse = type === 'application/yaml' ? parseYaml : parseJson;
  const parsed = text ? parse(text).value : {};
  return isRecord(parsed) ? parsed : {};
}

async function deletionOf(context: ResourceContext): Promise<Deletion> {
  const { request, query } = context;
  const body = await deleteOptions(request);
  const fromBody = new URLSearchParams(
    (Array.isArray(body.dryRun) ? body.dryRun : []).map(value => [
      'dryRun',
      String(value),
    ]),
  );
  const { dryRun } = writeOptions(
    query.has('dryRun') ? query : fromBody,
    'DeleteOptions',
  );
  const orphan = body.orphanDependents ?? query.get('orphanDependents');
  const policy = body.propagationPolicy ?? query.get('propagationPolicy');
  const grace =
    body.gracePeriodSeconds ?? numberParameter(query, 'gracePeriodSeconds');
  const preconditions = node(body.preconditions);
  return {
    dryRun,
    gracePeriodSeconds: typeof grace === 'number' ? grace : undefined,
    propagationPolicy:
      policy === 'Orphan' || policy === 'Foreground' || policy === 'Background'
        ? policy
        : orphan === true || orphan === 'true'
          ? 'Orphan'
          : undefined,
    preconditions: {
      uid: preconditions.uid as string | undefined,
      resourceVersion: preconditions.resourceVersion as string | undefined,
    },
  };
}

/** Deletes; returns the object as it is afterwards, or as it last was. */
function removeObject(
  { store, resource }: ResourceContext,
  object: KubeObject,
  { dryRun, ...options }: Deletion,
): { object: KubeObject; gone: boolean } {
  const { namespace, name } = object.metadata;
  if (resource.plural === 'namespaces' && KEPT_NAMESPACES.includes(name)) {
    throw forbidden(resource, name, 'this namespace may not be deleted');
  }
  if (dryRun) {
    return { object, gone: true };
  }
  let marked = object;
  const unfollow = store.table(resource).follow(({ event }) => {
    if (
      event.object.metadata.uid === object.metadata.uid &&
      event.type === 'MODIFIED'
    ) {
      marked = event.object;
    }
  });
  try {
    store.delete(resource, namespace, name, options);
  } finally {
    unfollow();
  }
  const left = store.get(resource, namespace, name);
  return {
    object: left ?? marked,
    // A namespace that was empty has gone by now; its deletion is still answered as a beginning.
    gone: !left && resource.plural !== 'namespaces',
  };
}

/** `DELETE` on an object. */
export async function remove(context: ResourceContext): Promise<void> {
  const { request, response, resource } = context;
  const options = await deletionOf(context);
  const object = requestedObject(context);
  const result = removeObject(context, object, options);
  if (!result.gone || (ANSWERED.has(resource.plural) && !resource.group)) {
    sendObject(context, result.object);
    return;
  }
  const { name, uid } = object.metadata;
  sendValue(request, response, 200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name,
      ...(resource.group && { group: resource.group }),
      kind: resource.plural,
      uid,
    },
  });
}

/** `DELETE` on a collection: what the selectors let through. */
export async function removeCollection(
  context: ResourceContext,
): Promise<void> {
  const { request, response, resource, requested, store } = context;
  const options = await deletionOf(context);
  const matches = predicateOf(context);
  const items = store
    .list(resource, { namespace: requested.namespace })
    .filter(object => !matches || matches(object));
  for (const item of items) {
    const { namespace, name } = item.metadata;
    // An earlier deletion may have taken its dependents along.
    if (store.get(resource, namespace, name)) {
      removeObject(context, item, options);
    }
  }
  sendValue(request, response, 200, {
    kind: resource.listKind,
    apiVersion: resource.group
      ? `${resource.group}/${resource.version}`
      : resource.version,
    metadata: { resourceVersion: String(store.version()) },
    items,
  });
}
