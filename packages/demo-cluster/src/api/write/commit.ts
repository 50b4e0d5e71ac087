import { randomInt, randomUUID } from 'node:crypto';
import {
  alreadyExists,
  ApiStatusError,
  badRequest,
  conflict,
  invalid,
  notFound,
} from '../../store/ApiStatusError';
import { sameJson } from '../../store/json';
import { specOf } from '../../store/objectRules';
import {
  apiVersionOf,
  KubeObject,
  kubeTime,
  ResourceId,
} from '../../store/ObjectStore';
import { enforceLimitRanges } from '../admission/limitRange';
import {
  enforcePodSecurity,
  podSecurityWarnings,
} from '../admission/podSecurity';
import { enforceQuota } from '../admission/quota';
import { ResourceContext } from '../context';
import { validateCustom } from '../crd/validateCustom';
import { trackUpdate, Writer } from '../fields/managedFields';
import { applyDefaults } from '../schema/defaults';
import { FieldErrors } from '../validate/errors';
import { validateObject } from '../validate/objects';
import { completeChanged, completeNew } from './complete';
import { WriteOptions } from './options';
import { warn } from './warnings';

const NAMESPACES: ResourceId = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
};
/** Without vowels and look-alikes, so that no words come out. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const MAX_GENERATED = 63;

/** Whoever writes: the named manager, or the program's name. */
export function writerOf(
  context: ResourceContext,
  options: WriteOptions,
): Writer {
  const agent = context.request.headers['user-agent'] ?? '';
  const { subresource } = context.requested;
  return {
    manager: options.fieldManager ?? (agent.split('/')[0] || 'unknown'),
    apiVersion: apiVersionOf(context.resource),
    ...(subresource && { subresource }),
    time: kubeTime(context.store.now()),
  };
}

function generatedName(base: string): string {
  const suffix = Array.from(
    { length: 5 },
    () => ALPHABET[randomInt(ALPHABET.length)],
  ).join('');
  return base.slice(0, MAX_GENERATED - suffix.length) + suffix;
}

function validate(
  context: ResourceContext,
  object: KubeObject,
  old?: KubeObject,
) {
  if (context.resource.custom) {
    validateCustom(context.resource, object, old);
  } else {
    validateObject(context.resource, object, old);
  }
}

function admit(context: ResourceContext, object: KubeObject, old?: KubeObject) {
  const { store, resource, response } = context;
  const isPod = resource.plural === 'pods' && !resource.group;
  if (isPod && !old) {
    enforceLimitRanges(store, object);
    enforcePodSecurity(store, object);
  }
  if (
    [
      'Pod',
      'Deployment',
      'ReplicaSet',
      'StatefulSet',
      'DaemonSet',
      'Job',
      'CronJob',
    ].includes(object.kind)
  ) {
    warn(response, podSecurityWarnings(store, object));
  }
  if (resource.namespaced) {
    enforceQuota(store, resource, object, old);
  }
}

/** Settles namespace and name of a new object. Throws 400 or 404. */
function place(context: ResourceContext, object: KubeObject) {
  const { resource, requested, store } = context;
  const { metadata } = object;
  if (!resource.namespaced) {
    delete metadata.namespace;
  } else {
    const namespace = requested.namespace;
    if (metadata.namespace && metadata.namespace !== namespace) {
      throw badRequest(
        'the namespace of the provided object does not match the namespace sent on the request',
      );
    }
    metadata.namespace = namespace;
    if (namespace && !store.get(NAMESPACES, undefined, namespace)) {
      throw notFound(NAMESPACES, namespace);
    }
  }
  if (!metadata.name && metadata.generateName) {
    metadata.name = generatedName(metadata.generateName);
  }
}

/**
 * Creates an object: defaults, admission, validation, ownership, quota. With `dryRun` nothing is stored.
 * @param owned - the object carries its managed fields already
 */
export function commitNew(
  context: ResourceContext,
  object: KubeObject,
  options: WriteOptions,
  owned = false,
): KubeObject {
  const { store, resource } = context;
  const { metadata } = object;
  if (metadata.resourceVersion) {
    throw new ApiStatusError(
      500,
      '',
      'resourceVersion should not be set on objects to be created',
    );
  }
  place(context, object);
  object.metadata = {
    ...metadata,
    uid: randomUUID(),
    creationTimestamp: kubeTime(store.now()),
    ...(resource.generations ? { generation: 1 } : { generation: undefined }),
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
    ...(!owned && { managedFields: undefined }),
  };
  completeNew(store, resource, object);
  validate(context, object);
  const tracked = owned
    ? object
    : trackUpdate(
        resource.schema,
        undefined,
        object,
        writerOf(context, options),
        Boolean(resource.subresources.status),
      );
  admit(context, tracked);
  const { namespace, name } = tracked.metadata;
  if (!options.dryRun) {
    return store.create(resource, tracked);
  }
  if (store.get(resource, namespace, name)) {
    throw alreadyExists(resource, name);
  }
  return tracked;
}

/** Throws when a changed object is for another version or another identity. */
function checkIdentity(
  context: ResourceContext,
  object: KubeObject,
  old: KubeObject,
) {
  const { resource, requested } = context;
  const { metadata } = object;
  if (metadata.name !== undefined && metadata.name !== requested.name) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${requested.name})`,
    );
  }
  if (metadata.namespace && metadata.namespace !== old.metadata.namespace) {
    throw badRequest(
      `the namespace of the object (${metadata.namespace}) does not match the namespace on the URL (${requested.namespace ?? ''})`,
    );
  }
  if (
    metadata.resourceVersion &&
    metadata.resourceVersion !== old.metadata.resourceVersion
  ) {
    throw conflict(resource, old.metadata.name);
  }
}

/** The object to store: what the caller may change from `object`, the rest from `old`. */
function changed(
  context: ResourceContext,
  object: KubeObject,
  old: KubeObject,
): KubeObject {
  const { resource, requested } = context;
  const metadata = {
    ...object.metadata,
    name: old.metadata.name,
    namespace: old.metadata.namespace,
    uid: object.metadata.uid ?? old.metadata.uid,
    creationTimestamp: old.metadata.creationTimestamp,
    deletionTimestamp: old.metadata.deletionTimestamp,
    deletionGracePeriodSeconds: old.metadata.deletionGracePeriodSeconds,
    generation: old.metadata.generation,
    resourceVersion: old.metadata.resourceVersion,
  };
  if (requested.subresource === 'status') {
    return {
      ...old,
      status: object.status,
      metadata: {
        ...old.metadata,
        uid: metadata.uid,
        managedFields: object.metadata.managedFields,
      },
    };
  }
  return {
    ...object,
    metadata,
    ...(resource.subresources.status && { status: old.status }),
  };
}

/** The generation which a change would get: the spec's count, or the same for a change beside the spec. */
function nextGeneration(
  { resource, requested }: ResourceContext,
  next: KubeObject,
  old: KubeObject,
): number | undefined {
  const { generation } = old.metadata;
  const counts =
    resource.generations &&
    requested.subresource !== 'status' &&
    !sameJson(specOf(next), specOf(old));
  return counts ? (generation ?? 0) + 1 : generation;
}

/**
 * Replaces an object by what a put, patch or apply made of it; `object` is a decoded one that may be changed.
 * @param owned - the object carries its managed fields already
 */
export function commitChange(
  context: ResourceContext,
  object: KubeObject,
  old: KubeObject,
  options: WriteOptions,
  owned = false,
): KubeObject {
  const { store, resource, requested } = context;
  checkIdentity(context, object, old);
  if (requested.subresource === 'status') {
    applyDefaults(resource, object);
  }
  let next = changed(context, object, old);
  if (requested.subresource !== 'status') {
    completeChanged(resource, next, old);
  }
  if (resource.custom || requested.subresource !== 'status') {
    validate(context, next, old);
  } else if (next.metadata.uid !== old.metadata.uid) {
    const errors = new FieldErrors();
    errors.invalid('metadata.uid', next.metadata.uid, 'field is immutable');
    throw invalid(resource, old.metadata.name, errors.errors);
  }
  if (!owned) {
    next = trackUpdate(
      resource.schema,
      old,
      {
        ...next,
        metadata: {
          ...next.metadata,
          managedFields: old.metadata.managedFields,
        },
      },
      writerOf(context, options),
      Boolean(resource.subresources.status),
    );
  }
  admit(context, next, old);
  if (!options.dryRun) {
    return store.update(resource, next, {
      subresource: requested.subresource === 'status' ? 'status' : undefined,
    });
  }
  return sameJson(next, old)
    ? old
    : {
        ...next,
        metadata: {
          ...next.metadata,
          generation: nextGeneration(context, next, old),
        },
      };
}
