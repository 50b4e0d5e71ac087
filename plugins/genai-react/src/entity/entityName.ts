import { parseEntityRef } from '@backstage/catalog-model';

/**
 * Short name of an entity ref for lists and filters: the name, with its namespace unless that is `default`. What is
 * written on a Kubernetes object need not be a valid ref: it then stands as it is.
 *
 * @public
 */
export function entityName(entityRef: string): string {
  try {
    const { namespace, name } = parseEntityRef(entityRef);
    return namespace === 'default' ? name : `${namespace}/${name}`;
  } catch {
    return entityRef;
  }
}
