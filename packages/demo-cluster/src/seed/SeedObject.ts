import { KubeObject, ObjectMeta, ResourceId } from '../store/ObjectStore';

/** An object together with the resource it is stored under. */
export interface SeedObject {
  resource: ResourceId;
  object: KubeObject;
}

/**
 * An object of the seed. `plural` names the resource; group and version come from `apiVersion`.
 */
export function seedObject(
  apiVersion: string,
  kind: string,
  plural: string,
  metadata: ObjectMeta,
  fields: Record<string, unknown> = {},
): SeedObject {
  const [group, version] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion];
  return {
    resource: { group, version, plural },
    object: { ...fields, apiVersion, kind, metadata },
  };
}
