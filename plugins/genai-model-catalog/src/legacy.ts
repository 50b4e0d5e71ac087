import {
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { modelRouteRef, rootRouteRef, templateRouteRef } from './routes';

export { isModelServer } from './entityFilters';

/** Plugin of the old frontend system. @public */
export const genaiModelCatalogPlugin = createPlugin({
  id: 'genai-model-catalog',
  routes: { root: rootRouteRef, model: modelRouteRef },
  externalRoutes: { template: templateRouteRef },
});

/** Page with its own header and tabs, for a `Route` of the old frontend system. @public */
export const ModelsPage = genaiModelCatalogPlugin.provide(
  createRoutableExtension({
    name: 'ModelsPage',
    mountPoint: rootRouteRef,
    component: () =>
      import('./components/LegacyModelsPage').then(m => m.LegacyModelsPage),
  }),
);

/** Card "Model server" of a Component, for the old frontend system. @public */
export const EntityModelServerCard = genaiModelCatalogPlugin.provide(
  createComponentExtension({
    name: 'EntityModelServerCard',
    component: {
      lazy: () =>
        import('./components/EntityModelServerCard').then(
          m => m.EntityModelServerCard,
        ),
    },
  }),
);

/** Tab "Inference" of a Component, for an `EntityLayout.Route` of the old frontend system. @public */
export const EntityInferenceContent = genaiModelCatalogPlugin.provide(
  createComponentExtension({
    name: 'EntityInferenceContent',
    component: {
      lazy: () =>
        import('./components/EntityInferenceContent').then(
          m => m.EntityInferenceContent,
        ),
    },
  }),
);
