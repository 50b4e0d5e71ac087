import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiRobot2Line } from '@remixicon/react';
import { modelServerFilter } from './entityFilters';
import { modelRouteRef, rootRouteRef, templateRouteRef } from './routes';

const page = PageBlueprint.make({
  params: {
    path: '/models',
    title: 'Models',
    icon: <RiRobot2Line />,
    routeRef: rootRouteRef,
    loader: () => import('./components/ModelsPage').then(m => <m.ModelsPage />),
  },
});

const card = EntityCardBlueprint.make({
  name: 'model-server',
  params: {
    type: 'content',
    filter: modelServerFilter,
    loader: () =>
      import('./components/EntityModelServerCard').then(m => (
        <m.EntityModelServerCard />
      )),
  },
});

const content = EntityContentBlueprint.make({
  name: 'inference',
  params: {
    path: 'inference',
    title: 'Inference',
    filter: modelServerFilter,
    loader: () =>
      import('./components/EntityInferenceContent').then(m => (
        <m.EntityInferenceContent />
      )),
  },
});

/**
 * Page `/models` with everything that runs and the curated models, and the card "Model server" and the tab "Inference" of
 * Components.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'genai-model-catalog',
  title: 'Models',
  icon: <RiRobot2Line />,
  routes: { root: rootRouteRef, model: modelRouteRef },
  externalRoutes: { template: templateRouteRef },
  info: { packageJson: () => import('../package.json') },
  extensions: [page, card, content],
});
