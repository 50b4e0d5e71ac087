import {
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { rootRouteRef } from './routes';

export { isGpuComponent } from './entityFilters';

/** Plugin of the old frontend system. @public */
export const genaiGpuUsagePlugin = createPlugin({
  id: 'genai-gpu-usage',
  routes: { root: rootRouteRef },
});

/** Page with its own header, for a `Route` of the old frontend system. @public */
export const GpuUsagePage = genaiGpuUsagePlugin.provide(
  createRoutableExtension({
    name: 'GpuUsagePage',
    mountPoint: rootRouteRef,
    component: () =>
      import('./components/LegacyGpuUsagePage').then(m => m.LegacyGpuUsagePage),
  }),
);

/** Card "GPUs" of a Component, for the old frontend system. @public */
export const EntityGpuCard = genaiGpuUsagePlugin.provide(
  createComponentExtension({
    name: 'EntityGpuCard',
    component: {
      lazy: () =>
        import('./components/EntityGpuCard').then(m => m.EntityGpuCard),
    },
  }),
);

/** Card "GPUs" of a Group, for the old frontend system. @public */
export const GroupGpuCard = genaiGpuUsagePlugin.provide(
  createComponentExtension({
    name: 'GroupGpuCard',
    component: {
      lazy: () => import('./components/GroupGpuCard').then(m => m.GroupGpuCard),
    },
  }),
);
