import { badRequest, invalid } from '../../store/ApiStatusError';
import { apiVersionOf, KubeObject } from '../../store/ObjectStore';
import { objectMetaSchema } from '../../store/openapi';
import { ResourceInfo } from '../../store/ResourceRegistry';
import { dropNulls, fillDefaults, prune } from '../crd/structural';
import { decodeBuiltIn } from '../schema/decode';
import { JsonNode, node } from '../schema/nodes';
import { FieldErrors } from '../validate/errors';

/** An object as its schema has it, and the paths of what the schema does not know. */
export interface DecodedObject {
  object: KubeObject;
  unknown: string[];
}

/** Throws when a body says that it is of another kind than the resource. */
export function checkKind(resource: ResourceInfo, value: JsonNode) {
  const apiVersion = apiVersionOf(resource);
  const { kind = resource.kind, apiVersion: given = apiVersion } = value;
  if (kind !== resource.kind) {
    if (resource.custom) {
      const errors = new FieldErrors();
      errors.invalid('kind', kind, `must be ${resource.kind}`);
      throw invalid(
        { group: resource.group, kind: String(kind) },
        String(node(value.metadata).name ?? ''),
        errors.errors,
      );
    }
    throw badRequest(
      `${String(kind)} in version "${String(given).replace(/^.*\//, '')}" cannot be handled as a ${resource.kind}: the object is of another kind`,
    );
  }
  if (given !== apiVersion) {
    throw badRequest(
      `the API version in the data (${String(given)}) does not match the expected API version (${apiVersion})`,
    );
  }
}

function decodeCustom(resource: ResourceInfo, value: JsonNode): DecodedObject {
  const copy = structuredClone(value);
  const metadata = decodeBuiltIn(
    objectMetaSchema(),
    'ObjectMeta',
    'v1',
    node(copy.metadata),
  );
  const { metadata: _metadata, ...properties } =
    resource.schema.properties ?? {};
  const schema = { ...resource.schema, properties };
  const unknown = prune(schema, copy);
  dropNulls(schema, copy);
  return {
    object: { ...copy, metadata: metadata.value } as unknown as KubeObject,
    unknown: [...metadata.unknown.map(path => `metadata.${path}`), ...unknown],
  };
}

/**
 * Reads a body as an object of the resource; the result is a new object that may be changed. Throws 400 for values of the
 * wrong type.
 */
export function decodeObject(
  resource: ResourceInfo,
  value: JsonNode,
  options: { defaults: boolean } = { defaults: true },
): DecodedObject {
  checkKind(resource, value);
  let decoded: DecodedObject;
  if (resource.custom) {
    decoded = decodeCustom(resource, value);
    if (options.defaults) {
      const { metadata: _metadata, ...properties } =
        resource.schema.properties ?? {};
      fillDefaults({ ...resource.schema, properties }, decoded.object);
    }
  } else {
    const { value: object, unknown } = decodeBuiltIn(
      resource.schema,
      resource.kind,
      resource.version,
      value,
    );
    decoded = { object: object as unknown as KubeObject, unknown };
  }
  decoded.object.apiVersion = apiVersionOf(resource);
  decoded.object.kind = resource.kind;
  decoded.object.metadata ??= {} as KubeObject['metadata'];
  return decoded;
}
