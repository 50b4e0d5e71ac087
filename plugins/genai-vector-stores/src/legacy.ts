import {
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { rootRouteRef, storeRouteRef } from './routes';

export { isRagService, isVectorStore } from './entityFilters';

/** Plugin of the old frontend system. @public */
export const genaiVectorStoresPlugin = createPlugin({
  id: 'genai-vector-stores',
  routes: { root: rootRouteRef, store: storeRouteRef },
});

/** Page with its own header, for a `Route` of the old frontend system. @public */
export const VectorStoresPage = genaiVectorStoresPlugin.provide(
  createRoutableExtension({
    name: 'VectorStoresPage',
    mountPoint: rootRouteRef,
    component: () =>
      import('./components/LegacyVectorStoresPage').then(
        m => m.LegacyVectorStoresPage,
      ),
  }),
);

/** Card "Vector store" of a Resource, for the old frontend system. @public */
export const EntityVectorStoreCard = genaiVectorStoresPlugin.provide(
  createComponentExtension({
    name: 'EntityVectorStoreCard',
    component: {
      lazy: () =>
        import('./components/EntityVectorStoreCard').then(
          m => m.EntityVectorStoreCard,
        ),
    },
  }),
);

/** Tab "Vector store" of a Resource, for an `EntityLayout.Route` of the old frontend system. @public */
export const EntityVectorStoreContent = genaiVectorStoresPlugin.provide(
  createComponentExtension({
    name: 'EntityVectorStoreContent',
    component: {
      lazy: () =>
        import('./components/EntityVectorStoreContent').then(
          m => m.EntityVectorStoreContent,
        ),
    },
  }),
);

/** Tab "Lineage" of a RAG service, for an `EntityLayout.Route` of the old frontend system. @public */
export const EntityLineageContent = genaiVectorStoresPlugin.provide(
  createComponentExtension({
    name: 'EntityLineageContent',
    component: {
      lazy: () =>
        import('./components/EntityLineageContent').then(
          m => m.EntityLineageContent,
        ),
    },
  }),
);
