import type { AuthService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ENTITY_TYPES } from '@promptside/backstage-plugin-genai-common';
import {
  isOwnLocation,
  readServerLocation,
  type ServerPlace,
} from './serverLocation';

/** An entity of this provider as the catalog holds it. */
export interface EmittedEntity {
  /** Full ref, in lower case. */
  entityRef: string;
  /** Of the Component of a model server; a model has none. */
  place?: ServerPlace;
  /** Full refs of the models that it depends on. */
  models: readonly string[];
}

/**
 * What the catalog holds of this provider. The provider keeps no memory of its own: that would be lost with a restart and
 * differ between replicas of the backend.
 */
export async function readEmitted(
  catalog: Pick<CatalogService, 'getEntities'>,
  auth: AuthService,
): Promise<EmittedEntity[]> {
  const { items } = await catalog.getEntities(
    {
      filter: {
        kind: ['Component', 'Resource'],
        'spec.type': [ENTITY_TYPES.modelServer, ENTITY_TYPES.aiModel],
      },
      fields: [
        'kind',
        'metadata.name',
        'metadata.namespace',
        'metadata.annotations',
        'spec.dependsOn',
      ],
    },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  return items.flatMap(entity => {
    const location = entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
    if (!isOwnLocation(location)) return [];
    const place = readServerLocation(location);
    const models = entity.spec?.dependsOn;
    return [
      {
        entityRef: stringifyEntityRef(entity),
        ...(place ? { place } : {}),
        models: Array.isArray(models) ? models.map(String) : [],
      },
    ];
  });
}
