import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** @throws InputError when the catalog has an entity of that kind and name, as far as the caller may see */
export async function refuseTakenName(
  catalog: CatalogService,
  kind: 'component' | 'resource',
  name: string,
  credentials: BackstageCredentials,
): Promise<void> {
  const entity = await catalog.getEntityByRef(`${kind}:default/${name}`, {
    credentials,
  });
  if (entity) {
    throw new InputError(
      `name: the catalog has a ${kind} "${name}" already; choose another name`,
    );
  }
}
