import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiDatabase2Line } from '@remixicon/react';
import { ragServiceFilter, vectorStoreFilter } from './entityFilters';
import { rootRouteRef, storeRouteRef } from './routes';

const page = PageBlueprint.make({
  params: {
    path: '/vector-stores',
    title: 'Vector stores',
    icon: <RiDatabase2Line />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/VectorStoresPage').then(m => <m.VectorStoresPage />),
  },
});

const card = EntityCardBlueprint.make({
  name: 'vector-store',
  params: {
    type: 'content',
    filter: vectorStoreFilter,
    loader: () =>
      import('./components/EntityVectorStoreCard').then(m => (
        <m.EntityVectorStoreCard />
      )),
  },
});

const content = EntityContentBlueprint.make({
  name: 'vector-store',
  params: {
    path: 'vector-store',
    title: 'Vector store',
    filter: vectorStoreFilter,
    loader: () =>
      import('./components/EntityVectorStoreContent').then(m => (
        <m.EntityVectorStoreContent />
      )),
  },
});

const lineage = EntityContentBlueprint.make({
  name: 'lineage',
  params: {
    path: 'lineage',
    title: 'Lineage',
    filter: ragServiceFilter,
    loader: () =>
      import('./components/EntityLineageContent').then(m => (
        <m.EntityLineageContent />
      )),
  },
});

/**
 * Page `/vector-stores` with a page for each, and the card and the tab "Vector store" of Resources, and the tab "Lineage" of RAG services.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'genai-vector-stores',
  title: 'Vector stores',
  icon: <RiDatabase2Line />,
  routes: { root: rootRouteRef, store: storeRouteRef },
  info: { packageJson: () => import('../package.json') },
  extensions: [page, card, content, lineage],
});
