import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { sidebar } from './sidebar';

/** Puts our own sidebar into the app's shell. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [sidebar],
});
