import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  catalogProcessingExtensionPoint,
  type EntityProvider,
  type EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  eventsServiceRef,
  type EventsServiceSubscribeOptions,
} from '@backstage/plugin-events-node';
import {
  GENAI_SIGNAL_CHANNEL,
  type ModelServersResponse,
  type VectorStore,
} from '@promptside/backstage-plugin-genai-common';
import { cluster, server } from './__testUtils__/servers';
import catalogModuleGenai from '.';

const STORE: VectorStore = {
  cluster: 'west',
  namespace: 'team-a',
  name: 'documents',
  kind: 'StatefulSet',
  uid: 'uid-documents',
  engine: 'chroma',
  state: 'Degraded',
  evidence: [],
  replicas: { desired: 1, ready: 0 },
  persistence: 'Persistent',
};

/** The module in a test backend, between a fake of genai-backend behind real HTTP and the catalog's extension point. */
async function startModule(catalog?: object) {
  const asked: { url: string; principal: unknown }[] = [];
  const providers: EntityProvider[] = [];
  const subscriptions: EventsServiceSubscribeOptions[] = [];
  const mutations: EntityProviderMutation[] = [];
  const scheduler = mockServices.scheduler();
  const answer: { body: ModelServersResponse } = {
    body: {
      items: [server('chat')],
      totalCount: 1,
      clusters: [cluster('west')],
    },
  };
  const genai = createBackendPlugin({
    pluginId: 'genai',
    register(env) {
      env.registerInit({
        deps: {
          httpRouter: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ httpRouter, httpAuth }) {
          httpRouter.use(async (request, response) => {
            const { principal } = await httpAuth.credentials(request);
            asked.push({ url: request.url, principal });
            response.json(
              request.path === '/v1/vector-stores'
                ? { ...answer.body, items: [STORE] }
                : answer.body,
            );
          });
        },
      });
    },
  });
  const backend = await startTestBackend({
    extensionPoints: [
      [
        catalogProcessingExtensionPoint,
        {
          addEntityProvider: (
            ...added: (EntityProvider | EntityProvider[])[]
          ) => void providers.push(...added.flat()),
          addProcessor: () => {
            throw new Error('not expected');
          },
          addPlaceholderResolver: () => {
            throw new Error('not expected');
          },
          setOnProcessingErrorHandler: () => {
            throw new Error('not expected');
          },
        },
      ],
    ],
    features: [
      catalogModuleGenai,
      genai,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({
        data: catalog ? { genai: { catalog } } : {},
      }),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => ({
          publish: async () => {},
          subscribe: async options => void subscriptions.push(options),
        }),
      }),
    ],
  });
  for (const provider of providers) {
    await provider.connect({
      applyMutation: async mutation => void mutations.push(mutation),
      refresh: async () => {},
    });
  }
  return {
    backend,
    asked,
    providers,
    subscriptions,
    mutations,
    scheduler,
  };
}

describe('catalogModuleGenai', () => {
  let started: Awaited<ReturnType<typeof startModule>> | undefined;
  afterEach(async () => {
    await started?.backend.stop();
    started = undefined;
  });

  it('asks genai-backend as the catalog plugin and emits what it answers', async () => {
    started = await startModule({ defaultOwner: 'group:default/platform' });
    expect(started.providers.map(one => one.getProviderName())).toEqual([
      'genai-model-servers',
      'genai-vector-stores',
    ]);
    await started.scheduler.triggerTask('genai-model-servers:refresh');
    expect(started.asked).toContainEqual({
      url: '/v1/model-servers?limit=500',
      principal: mockCredentials.service('plugin:catalog').principal,
    });
    expect(started.mutations).toContainEqual({
      type: 'full',
      entities: ['Component', 'Resource'].map(kind => ({
        locationKey: 'genai-model-servers',
        entity: expect.objectContaining({
          kind,
          spec: expect.objectContaining({ owner: 'group:default/platform' }),
        }),
      })),
    });
  });

  it('reads again when a signal says that model servers changed, and for no other', async () => {
    started = await startModule();
    const [subscription, ofStores] = started.subscriptions;
    expect(ofStores.id).toBe('genai-vector-stores');
    expect(subscription.topics).toEqual(['signals']);
    const before = started.asked.length;
    const signal = (topics: string[]) =>
      subscription.onEvent({
        topic: 'signals',
        eventPayload: {
          channel: GENAI_SIGNAL_CHANNEL,
          message: { cluster: 'west', version: 2, topics },
        },
      });
    await signal(['gpus']);
    await new Promise(setImmediate);
    expect(started.asked).toHaveLength(before);
    await signal(['model-servers']);
    while (started.mutations.length === 0) await new Promise(setImmediate);
    expect(started.asked).toHaveLength(before + 1);
  });

  it('emits vector stores by a provider of their own', async () => {
    started = await startModule({ defaultOwner: 'group:default/platform' });
    await started.scheduler.triggerTask('genai-vector-stores:refresh');
    expect(started.mutations).toEqual([
      {
        type: 'full',
        entities: [
          {
            locationKey: 'genai-vector-stores',
            entity: expect.objectContaining({
              kind: 'Resource',
              metadata: expect.objectContaining({ title: 'documents' }),
              spec: { type: 'vector-store', owner: 'group:default/platform' },
            }),
          },
        ],
      },
    ]);
  });

  it('stops the start for a wrong configuration and names the key', async () => {
    await expect(startModule({ defaultOwner: 'platform' })).rejects.toThrow(
      'genai.catalog.defaultOwner',
    );
  });
});
