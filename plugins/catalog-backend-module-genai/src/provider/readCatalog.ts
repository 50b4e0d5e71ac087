import type { AuthService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATIONS,
  ENTITY_TYPES,
} from '@promptside/backstage-plugin-genai-common';
import {
  isOwnLocation,
  readServerLocation,
  type ServerPlace,
} from './serverLocation';

/** An entity of a provider as the catalog holds it. */
export interface EmittedEntity {
  /** Full ref, in lower case. */
  entityRef: string;
  /** Of what stands for one thing on a cluster; a model has none. */
  place?: ServerPlace;
  /** Full refs of the models that it depends on. */
  models: readonly string[];
  /** Of an API. */
  definition?: string;
}

/** What the catalog knows of the things that a provider emits. */
export interface CatalogView {
  emitted: readonly EmittedEntity[];
  /** Whether an entity of somebody else stands for the thing, by its annotations. */
  isRegistered(place: Omit<ServerPlace, 'kind'>): boolean;
}

type Filter = NonNullable<
  NonNullable<Parameters<CatalogService['getEntities']>[0]>['filter']
>;

/** Where entities of a sort stand, and the annotation with the name of the workload object. */
export interface EntitySort {
  filter: Filter;
  nameKey: string;
}

/** Model servers, their models and their APIs. */
export const SERVER_ENTITIES: EntitySort = {
  filter: [
    {
      kind: ['Component', 'Resource'],
      'spec.type': [ENTITY_TYPES.modelServer, ENTITY_TYPES.aiModel],
    },
    { kind: 'API', 'metadata.tags': 'discovered' },
  ],
  nameKey: ANNOTATIONS.modelServer,
};

/** Vector stores. */
export const STORE_ENTITIES: EntitySort = {
  filter: { kind: 'Resource', 'spec.type': ENTITY_TYPES.vectorStore },
  nameKey: ANNOTATIONS.vectorStore,
};

const keyOf = ({ cluster, namespace, name }: Omit<ServerPlace, 'kind'>) =>
  JSON.stringify([cluster, namespace, name]);

/**
 * What the catalog holds of a provider and beside it. The provider keeps no memory of its own: that would be lost with a restart
 * and differ between replicas of the backend.
 */
export async function readCatalog(
  catalog: Pick<CatalogService, 'getEntities'>,
  auth: AuthService,
  { filter, nameKey }: EntitySort,
): Promise<CatalogView> {
  const { items } = await catalog.getEntities(
    {
      filter,
      fields: [
        'kind',
        'metadata.name',
        'metadata.namespace',
        'metadata.annotations',
        'spec.dependsOn',
        'spec.definition',
      ],
    },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  const isOwn = ({ metadata }: Entity) =>
    isOwnLocation(metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION]);
  const registered = new Set(
    items
      .filter(entity => !isOwn(entity))
      .flatMap(({ metadata: { annotations = {} } }) => {
        const name = annotations[nameKey];
        const cluster = annotations[ANNOTATIONS.cluster];
        const namespace = annotations[ANNOTATIONS.namespace];
        return name && cluster && namespace
          ? [keyOf({ cluster, namespace, name })]
          : [];
      }),
  );
  return {
    emitted: items.filter(isOwn).map(toEmitted),
    isRegistered: place => registered.has(keyOf(place)),
  };
}

function toEmitted(entity: Entity): EmittedEntity {
  const place = readServerLocation(
    entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION],
  );
  const { dependsOn, definition } = entity.spec ?? {};
  return {
    entityRef: stringifyEntityRef(entity),
    ...(place ? { place } : {}),
    models: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
    ...(typeof definition === 'string' ? { definition } : {}),
  };
}
