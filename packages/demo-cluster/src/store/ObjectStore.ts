import type { ResourceRegistry } from './ResourceRegistry';

/** One owner of `metadata.managedFields`. */
export type ManagedFieldsEntry = {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time?: string;
  fieldsType: 'FieldsV1';
  fieldsV1: FieldsV1;
  subresource?: string;
};

/** A set of fields in Kubernetes' own notation: `f:name`, `k:{...}`, `v:value`, `.`. */
export type FieldsV1 = { [path: string]: FieldsV1 };

/** A link from a dependent to what owns it. */
export type OwnerRef = {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
};

/** Metadata of every object. Times are RFC 3339 with whole seconds. */
export type ObjectMeta = {
  name: string;
  generateName?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerRef[];
  finalizers?: string[];
  managedFields?: ManagedFieldsEntry[];
};

/** Any Kubernetes object. What the store gives out is deeply frozen. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

/**
 * Names a resource: core objects have the group `''`. The version is only looked at where an object has to be written in
 * it; objects are stored once per group and plural.
 */
export interface ResourceId {
  group: string;
  version: string;
  plural: string;
}

/** One change, in the order of the store's resource versions. */
export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: ResourceId;
  /** The object after the change; for `DELETED` as it last was, with the version of the deletion. */
  object: KubeObject;
  /** The object before the change. */
  previous?: KubeObject;
}

/** Narrows a list. Selectors are in the text form of the API. */
export interface ListOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

/** How an object is deleted. */
export interface DeleteOptions {
  /** 0 removes a pod at once; otherwise a pod on a node only gets its `deletionTimestamp`, and its kubelet ends it. */
  gracePeriodSeconds?: number;
  /** What becomes of the dependents; the default is `Background`. */
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  preconditions?: { uid?: string; resourceVersion?: string };
}

/** How an object is replaced. */
export interface UpdateOptions {
  /** Only this part of the object is taken from what is given. */
  subresource?: 'status' | 'scale';
}

/**
 * The objects of the cluster. Everything is synchronous and trusted: admission, validation and defaults are the HTTP
 * layer's, and what in-process callers give (uid, creationTimestamp, status) is kept.
 */
export interface ObjectStore {
  /** Objects ordered by namespace and name. Throws 400 for a selector that cannot be read. */
  list(resource: ResourceId, options?: ListOptions): KubeObject[];
  /** What is served. */
  readonly registry: ResourceRegistry;
  get(
    resource: ResourceId,
    namespace: string | undefined,
    name: string,
  ): KubeObject | undefined;
  /** Throws {@link ApiStatusError} 409 when the name is taken, 403 when the namespace is being removed, 404 for an unknown resource. */
  create(resource: ResourceId, object: KubeObject): KubeObject;
  /**
   * Replaces the object; `metadata.generation` grows with a change of the spec. Writes nothing when nothing differs.
   * Throws {@link ApiStatusError} 404 when it is gone, 409 when `metadata.resourceVersion` is given and old.
   */
  update(
    resource: ResourceId,
    object: KubeObject,
    options?: UpdateOptions,
  ): KubeObject;
  /** Deletes with regard to finalizers and dependents. Throws {@link ApiStatusError} 404, or 409 for a precondition. */
  delete(
    resource: ResourceId,
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
  ): void;
  /** Calls for every change, synchronously, in order; returns the way to stop. */
  subscribe(listener: (event: StoreEvent) => void): () => void;
}

/** `apiVersion` of objects of a resource. */
export function apiVersionOf(resource: {
  group: string;
  version: string;
}): string {
  return resource.group
    ? `${resource.group}/${resource.version}`
    : resource.version;
}

/** RFC 3339 with whole seconds, as Kubernetes prints times. */
export function kubeTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
