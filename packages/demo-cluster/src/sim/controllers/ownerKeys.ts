import { ClusterChange } from '../Cluster';
import { SimResource } from '../resources';
import { objectKey } from '../SimController';

/**
 * Keys for a controller of one kind: its own objects, and the owners of the dependents that changed.
 */
export function ownerKeys(
  change: ClusterChange,
  own: SimResource,
  ownKind: string,
  dependents: readonly SimResource[],
): string[] {
  if (change.resource === own) {
    return [objectKey(change.object)];
  }
  if (!dependents.includes(change.resource)) {
    return [];
  }
  const { namespace, ownerReferences } = change.object.metadata;
  return (ownerReferences ?? [])
    .filter(owner => owner.controller && owner.kind === ownKind)
    .map(owner => `${namespace}/${owner.name}`);
}
