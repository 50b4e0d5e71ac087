import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './nav/navModule';

/** The demo portal. Everything but the sidebar is discovered from the dependencies (`app.packages: all`). */
export const app = createApp({ features: [navModule] });
