import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  GenaiClient,
  type ModelServer,
  type VectorStore,
} from '@promptside/backstage-plugin-genai-common';
import { readCatalogGenaiConfig } from './config';
import { serverCoverage, storeCoverage } from './provider/Coverage';
import { DiscoveredEntityProvider } from './provider/DiscoveredEntityProvider';
import { isHintOf } from './provider/isHintOf';
import { limitRate, processTimer } from './provider/limitRate';
import { readAllPages } from './provider/readAllPages';
import {
  readCatalog,
  SERVER_ENTITIES,
  STORE_ENTITIES,
} from './provider/readCatalog';
import { toEntities } from './provider/toEntities';
import { toStoreEntity } from './provider/toStoreEntity';

/** Between two readings that hints ask for. */
const HINT_INTERVAL_MS = 10_000;

/**
 * Adds the providers of entities for running model servers and vector stores to the catalog.
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
        const runner = scheduler.createScheduledTaskRunner(schedule);
        const shared = { logger, schedule: runner };
        const servers = new DiscoveredEntityProvider<ModelServer>({
          ...shared,
          name: 'genai-model-servers',
          coverage: serverCoverage,
          read: signal =>
            readAllPages(
              (...page) => client.getModelServers(...page),
              serverCoverage,
              auth,
              signal,
            ),
          readCatalog: () => readCatalog(catalog, auth, SERVER_ENTITIES),
          toEntities: (server, emitted) =>
            toEntities(server, defaults, emitted),
        });
        const stores = new DiscoveredEntityProvider<VectorStore>({
          ...shared,
          name: 'genai-vector-stores',
          coverage: storeCoverage,
          read: signal =>
            readAllPages(
              (...page) => client.getVectorStores(...page),
              storeCoverage,
              auth,
              signal,
            ),
          readCatalog: () => readCatalog(catalog, auth, STORE_ENTITIES),
          toEntities: store => [toStoreEntity(store, defaults)],
        });
        for (const [provider, topic] of [
          [servers, 'model-servers'],
          [stores, 'vector-stores'],
        ] as const) {
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
              if (isHintOf(topic, eventPayload)) refresh();
            },
          });
        }
      },
    });
  },
});
