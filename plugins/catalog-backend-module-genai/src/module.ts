import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { GenaiClient } from '@promptside/backstage-plugin-genai-common';
import { readCatalogGenaiConfig } from './config';
import { isHintOfServers } from './provider/isHintOfServers';
import { limitRate, processTimer } from './provider/limitRate';
import { ModelServerEntityProvider } from './provider/ModelServerEntityProvider';
import { readAllServers } from './provider/readAllServers';
import { readEmitted } from './provider/readEmitted';

/** Between two readings that hints ask for. */
const HINT_INTERVAL_MS = 10_000;

/**
 * Adds the provider of entities for running model servers to the catalog.
 *
 * @public
 */
export const catalogModuleGenai = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'genai',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogServiceRef,
        processing: catalogProcessingExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({
        catalog,
        processing,
        auth,
        config,
        discovery,
        events,
        logger,
        scheduler,
      }) {
        const { schedule, ...defaults } = readCatalogGenaiConfig(config);
        const client = new GenaiClient({ discovery });
        const provider = new ModelServerEntityProvider({
          readServers: signal => readAllServers(client, auth, signal),
          readEmitted: () => readEmitted(catalog, auth),
          defaults,
          logger,
          schedule: scheduler.createScheduledTaskRunner(schedule),
        });
        processing.addEntityProvider(provider);
        const refresh = limitRate(
          () => void provider.refresh(),
          HINT_INTERVAL_MS,
          processTimer,
        );
        // Signals to pages travel over the event bus, so they reach this process too.
        await events.subscribe({
          id: provider.getProviderName(),
          topics: ['signals'],
          onEvent: async ({ eventPayload }) => {
            if (isHintOfServers(eventPayload)) refresh();
          },
        });
      },
    });
  },
});
