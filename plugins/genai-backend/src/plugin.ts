import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  GENAI_SIGNAL_CHANNEL,
  genaiPermissions,
  type GenaiSignal,
} from '@promptside/backstage-plugin-genai-common';
import {
  createProxyKubeTransport,
  genaiServingRuntimesExtensionPoint,
  genaiVectorStoresExtensionPoint,
} from '@promptside/backstage-plugin-genai-node';
import { registerActions } from './actions/registerActions';
import { readGenaiConfig } from './config';
import { systemClock } from './connections/Clock';
import { fetchAsSent } from './connections/fetchAsSent';
import { createEngineMetricsReader } from './engineMetrics/createEngineMetricsReader';
import { collectKnowledge } from './collectKnowledge';
import { startModelLookup } from './huggingFace/startModelLookup';
import { startModelCatalog } from './models/startModelCatalog';
import { readPlanSettings } from './live/readPlanSettings';
import { startLiveState } from './live/startLiveState';
import { createRouter } from './router/createRouter';
import { startStoreHealth } from './vectorStores/startStoreHealth';
import { readVectorStoresConfig } from './vectorStores/vectorStoresConfig';
import { createChatService } from './tryIt/createChatService';
import { readTryItConfig } from './tryIt/tryItConfig';

/**
 * Live state of GenAI workloads on the clusters of the Kubernetes plugin, at `/api/genai`.
 *
 * @public
 */
export const genaiPlugin = createBackendPlugin({
  pluginId: 'genai',
  register(env) {
    const added = collectKnowledge();
    env.registerExtensionPoint(
      genaiServingRuntimesExtensionPoint,
      added.servingRuntimesPoint,
    );
    env.registerExtensionPoint(
      genaiVectorStoresExtensionPoint,
      added.vectorStoresPoint,
    );
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init({
        actionsRegistry,
        auth,
        config,
        discovery,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        permissions,
        permissionsRegistry,
        signals,
        urlReader,
      }) {
        const transport = createProxyKubeTransport({
          kubernetesBaseUrl: () => discovery.getBaseUrl('kubernetes'),
          token: async () => {
            const { token } = await auth.getPluginRequestToken({
              onBehalfOf: await auth.getOwnServiceCredentials(),
              targetPluginId: 'kubernetes',
            });
            return token;
          },
          fetch,
          fetchCompressed: fetchAsSent,
        });
        const publish = (message: GenaiSignal) =>
          signals.publish({
            recipients: { type: 'broadcast' },
            channel: GENAI_SIGNAL_CHANNEL,
            message,
          });
        const knowledge = added.knowledge();
        const live = startLiveState({
          config: readGenaiConfig(config),
          transport,
          added: knowledge,
          logger,
          lifecycle,
          publish,
        });
        const storeHealth = startStoreHealth({
          config: readVectorStoresConfig(config),
          transport,
          live,
          logger,
          lifecycle,
          publish,
        });
        const catalog = startModelCatalog({
          rootConfig: config,
          urlReader,
          logger,
          lifecycle,
        });
        const planSettings = readPlanSettings(
          config,
          knowledge.servingRuntimes,
        );
        const lookupModel = startModelLookup({ rootConfig: config, lifecycle });
        const stopped = new AbortController();
        lifecycle.addShutdownHook(() => stopped.abort());
        const asking = {
          transport,
          clock: systemClock,
          signal: stopped.signal,
        };
        permissionsRegistry.addPermissions(genaiPermissions);
        httpRouter.use(
          createRouter({
            live,
            catalog,
            planSettings,
            lookupModel,
            engineMetrics: createEngineMetricsReader(asking),
            chat: createChatService({
              ...asking,
              config: readTryItConfig(config),
            }),
            storeHealth,
            httpAuth,
            permissions,
          }),
        );
        registerActions({
          actionsRegistry,
          live,
          catalog,
          planSettings,
          lookupModel,
          permissions,
        });
      },
    });
  },
});
