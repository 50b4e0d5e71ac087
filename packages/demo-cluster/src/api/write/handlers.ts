import {
  ApiStatusError,
  badRequest,
  conflict,
  invalid,
  notFound,
} from '../../store/ApiStatusError';
import { isRecord } from '../../store/json';
import { apiVersionOf, KubeObject } from '../../store/ObjectStore';
import { ResourceInfo } from '../../store/ResourceRegistry';
import {
  mediaType,
  parseJson,
  parseYaml,
  readBody,
  readObject,
  unsupportedMediaType,
} from '../body';
import { ResourceContext } from '../context';
import { apply } from '../fields/managedFields';
import { patchFault } from '../patch/patchFaults';
import { jsonPatch, mergePatch } from '../patch/patches';
import { strategicMerge } from '../patch/strategic';
import { requestedObject, sendObject } from '../read';
import { JsonNode } from '../schema/nodes';
import { FieldErrors } from '../validate/errors';
import { commitChange, commitNew, writerOf } from './commit';
import { DecodedObject, decodeObject } from './decode';
import { WriteOptions, writeOptions } from './options';
import { reportFields, strictErrors, warn } from './warnings';

/** `POST` on a collection. */
export async function create(context: ResourceContext): Promise<void> {
  const { request, response, query, resource } = context;
  const options = writeOptions(query, 'CreateOptions');
  const { value, duplicates } = await readObject(request);
  const { object, unknown } = decodeObject(resource, value);
  reportFields(response, resource, options, strictErrors(unknown, duplicates));
  sendObject(context, commitNew(context, object, options), 201);
}

/** `PUT` on an object or its status. */
export async function replace(context: ResourceContext): Promise<void> {
  const { request, response, query, resource, requested } = context;
  const options = writeOptions(query, 'UpdateOptions');
  const { value, duplicates } = await readObject(request);
  const { object, unknown } = decodeObject(resource, value);
  reportFields(response, resource, options, strictErrors(unknown, duplicates));
  if (object.metadata.name !== requested.name) {
    throw badRequest(
      object.metadata.name
        ? `the name of the object (${object.metadata.name}) does not match the name on the URL (${requested.name})`
        : 'name must be provided',
    );
  }
  const old = requestedObject(context);
  if (resource.custom && !object.metadata.resourceVersion) {
    const errors = new FieldErrors();
    errors.invalid(
      'metadata.resourceVersion',
      0,
      'must be specified for an update',
    );
    throw invalid(
      { group: resource.group, kind: resource.plural },
      old.metadata.name,
      errors.errors,
    );
  }
  if (object.metadata.uid && object.metadata.uid !== old.metadata.uid) {
    throw conflict(
      resource,
      old.metadata.name,
      `Precondition failed: UID in precondition: ${object.metadata.uid}, UID in object meta: ${old.metadata.uid}`,
    );
  }
  sendObject(context, commitChange(context, object, old, options));
}

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
const APPLY_PATCH = 'application/apply-patch+yaml';

/** The patch formats of a resource. */
export function patchTypes(resource: ResourceInfo): string[] {
  return [
    JSON_PATCH,
    MERGE_PATCH,
    ...(resource.custom ? [] : [STRATEGIC_PATCH]),
    APPLY_PATCH,
  ];
}

/** Lays a patch of any format but apply over a value. */
export function patchValue(
  type: string,
  resource: ResourceInfo,
  live: JsonNode,
  patch: unknown,
): JsonNode {
  if (type === JSON_PATCH) {
    return jsonPatch(live, patch);
  }
  if (!isRecord(patch)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    );
  }
  return type === STRATEGIC_PATCH
    ? strategicMerge(resource.schema, live, patch)
    : (mergePatch(live, patch) as JsonNode);
}

function reportPatchFields(
  context: ResourceContext,
  options: WriteOptions,
  patch: unknown,
  errors: string[],
) {
  if (!errors.length || options.fieldValidation === 'Ignore') {
    return;
  }
  if (options.fieldValidation === 'Warn') {
    warn(context.response, errors);
    return;
  }
  const collected = new FieldErrors();
  collected.invalid(
    'patch',
    JSON.stringify(patch),
    `strict decoding error: ${errors.join(', ')}`,
  );
  throw invalid({ group: '', kind: '' }, '', collected.errors);
}

function storedObject(context: ResourceContext): KubeObject | undefined {
  const { store, resource, requested } = context;
  return store.get(resource, requested.namespace, requested.name ?? '');
}

/** An object in the version of the request, with its kind first as clients write it. */
function asRequested(context: ResourceContext, object: KubeObject): JsonNode {
  return { ...object, apiVersion: apiVersionOf(context.resource) };
}

async function applyPatch(context: ResourceContext, text: string) {
  const { query, resource, requested } = context;
  const options = writeOptions(query, 'PatchOptions', true);
  const { value } = parseYaml(text);
  if (!isRecord(value) || !value.kind || !value.apiVersion) {
    throw badRequest('invalid object type: /, Kind=');
  }
  const metadata = isRecord(value.metadata) ? value.metadata : {};
  if (metadata.managedFields !== undefined && metadata.managedFields !== null) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const failed = (message: string) =>
    new ApiStatusError(
      500,
      '',
      `failed to create typed patch object (${String(metadata.namespace ?? '')}/${String(metadata.name ?? requested.name)}; ${resource.group}/${resource.version}, Kind=${resource.kind}): ${message}`,
    );
  let decoded;
  try {
    decoded = decodeObject(resource, value, { defaults: false });
  } catch (error) {
    throw error instanceof ApiStatusError &&
      /json: |quantities/.test(error.message)
      ? failed(error.message.replace(/^.*?cannot be handled as a [^:]*: /, ''))
      : error;
  }
  const { object, unknown } = decoded;
  if (unknown.length) {
    throw failed(
      unknown.map(path => `.${path}: field not declared in schema`).join(', '),
    );
  }
  if (object.metadata.name && object.metadata.name !== requested.name) {
    throw badRequest(
      `the name of the object (${object.metadata.name}) does not match the name on the URL (${requested.name})`,
    );
  }
  object.metadata.name = requested.name ?? '';
  if (resource.namespaced) {
    object.metadata.namespace ??= requested.namespace;
  }
  const live = storedObject(context);
  if (!live && requested.subresource) {
    throw notFound(resource, requested.name ?? '');
  }
  const merged = apply(
    resource.schema,
    live,
    object,
    writerOf(context, options),
    {
      force: options.force ?? false,
      hasStatus: Boolean(resource.subresources.status),
    },
  );
  const { managedFields } = merged.metadata;
  // Decoded again: what was laid over shares parts with the stored object, which is frozen.
  const { object: next } = decodeObject(resource, asRequested(context, merged));
  next.metadata.managedFields = managedFields;
  if (live) {
    sendObject(context, commitChange(context, next, live, options, true));
  } else {
    sendObject(context, commitNew(context, next, options, true), 201);
  }
}

/** `PATCH` on an object or its status. */
export async function patch(context: ResourceContext): Promise<void> {
  const { request, query, resource, requested } = context;
  const type = mediaType(request);
  if (!patchTypes(resource).includes(type)) {
    throw unsupportedMediaType(patchTypes(resource));
  }
  const text = (await readBody(request)).toString('utf8');
  if (type === APPLY_PATCH) {
    await applyPatch(context, text);
    return;
  }
  const options = writeOptions(query, 'PatchOptions');
  const { value: body, duplicates } = parseJson(text);
  const old = storedObject(context);
  if (!old) {
    throw notFound(resource, requested.name ?? '');
  }
  const patched = patchValue(type, resource, asRequested(context, old), body);
  let decoded: DecodedObject;
  try {
    decoded = decodeObject(resource, patched);
  } catch (error) {
    throw patchFault(error, {
      strategic: type === STRATEGIC_PATCH,
      body,
      result: patched,
    });
  }
  const { object, unknown } = decoded;
  reportPatchFields(context, options, body, strictErrors(unknown, duplicates));
  sendObject(context, commitChange(context, object, old, options));
}
