import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiCpuLine } from '@remixicon/react';
import { gpuComponentFilter } from './entityFilters';
import { rootRouteRef } from './routes';

const page = PageBlueprint.make({
  params: {
    path: '/gpu-usage',
    title: 'GPU usage',
    icon: <RiCpuLine />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/GpuUsagePage').then(m => <m.GpuUsagePage />),
  },
});

const entityCard = EntityCardBlueprint.make({
  name: 'gpus',
  params: {
    type: 'info',
    filter: gpuComponentFilter,
    loader: () =>
      import('./components/EntityGpuCard').then(m => <m.EntityGpuCard />),
  },
});

const groupCard = EntityCardBlueprint.make({
  name: 'group-gpus',
  params: {
    type: 'info',
    filter: { kind: 'group' },
    loader: () =>
      import('./components/GroupGpuCard').then(m => <m.GroupGpuCard />),
  },
});

/**
 * Page `/gpu-usage` and the cards "GPUs" of Components and Groups.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'genai-gpu-usage',
  title: 'GPU usage',
  icon: <RiCpuLine />,
  routes: { root: rootRouteRef },
  info: { packageJson: () => import('../package.json') },
  extensions: [page, entityCard, groupCard],
});
