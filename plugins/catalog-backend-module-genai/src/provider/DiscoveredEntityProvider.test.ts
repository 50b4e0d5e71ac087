import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  ClusterStatus,
  ModelServer,
} from '@promptside/backstage-plugin-genai-common';
import { cluster, server } from '../__testUtils__/servers';
import { serverCoverage } from './Coverage';
import {
  DiscoveredEntityProvider,
  type Snapshot,
} from './DiscoveredEntityProvider';
import { readCatalog, SERVER_ENTITIES } from './readCatalog';
import { toEntities } from './toEntities';

const live = [cluster('east'), cluster('west')];
const ISVC = 'inferenceservices.serving.kserve.io';

const DEFAULTS = {
  defaultOwner: 'group:default/platform',
  lifecycle: 'production',
};

/** A provider before a catalog that applies mutations as the real one does, to the entities of this provider. */
function createScene(foreign: Entity[] = []) {
  const held = new Map<string, Entity>();
  const mutations: EntityProviderMutation[] = [];
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  let task: ((signal: AbortSignal) => unknown) | undefined;
  const readServers = jest.fn<Promise<Snapshot<ModelServer>>, [AbortSignal?]>();
  const applyMutation = jest.fn(async (mutation: EntityProviderMutation) => {
    mutations.push(mutation);
    if (mutation.type === 'full') held.clear();
    const added = mutation.type === 'full' ? mutation.entities : mutation.added;
    const removed = mutation.type === 'full' ? [] : mutation.removed;
    for (const one of removed) {
      if ('entityRef' in one) held.delete(one.entityRef);
    }
    for (const { entity } of added)
      held.set(stringifyEntityRef(entity), entity);
  });
  /** A process of the backend; another one knows nothing of what this one did. */
  const start = async () => {
    const provider = new DiscoveredEntityProvider<ModelServer>({
      name: 'genai-model-servers',
      coverage: serverCoverage,
      read: readServers,
      readCatalog: () =>
        readCatalog(
          catalogServiceMock({ entities: [...foreign, ...held.values()] }),
          mockServices.auth(),
          SERVER_ENTITIES,
        ),
      toEntities: (item, emitted) => toEntities(item, DEFAULTS, emitted),
      logger,
      schedule: {
        run: async ({ fn }) => {
          task = fn as typeof task;
        },
      },
    });
    await provider.connect({ applyMutation, refresh: jest.fn() });
    return provider;
  };
  return {
    start,
    readServers,
    applyMutation,
    logger,
    mutations,
    runTask: (signal: AbortSignal) => task?.(signal),
    /** Titles of what the catalog holds. */
    titles: () =>
      [...held.values()].map(({ metadata }) => metadata.title).sort(),
    answer: (items: ModelServer[], clusters: ClusterStatus[] = live) =>
      readServers.mockResolvedValue({ items, clusters }),
  };
}

const noModel = { model: undefined };
const inEast = { ...noModel, cluster: 'east' };

describe('DiscoveredEntityProvider', () => {
  it('emits all servers and their models as a full mutation when all is known', async () => {
    const scene = createScene();
    const provider = await scene.start();
    const model = { id: 'acme/shared' };
    scene.answer([server('a', { model }), server('b', { model })]);
    await provider.refresh();
    expect(scene.mutations).toEqual([
      {
        type: 'full',
        entities: ['a', 'acme/shared', 'b'].map(title => ({
          entity: expect.objectContaining({
            metadata: expect.objectContaining({ title }),
          }),
          locationKey: 'genai-model-servers',
        })),
      },
    ]);
  });

  it('keeps the very same entity of a server that is sick', async () => {
    const scene = createScene();
    const provider = await scene.start();
    scene.answer([server('chat')]);
    await provider.refresh();
    scene.answer([
      server('chat', {
        state: 'Failed',
        reason: 'CrashLoopBackOff',
        replicas: { desired: 1, ready: 0 },
      }),
    ]);
    await provider.refresh();
    expect(scene.mutations).toHaveLength(2);
    expect(scene.mutations[1]).toEqual(scene.mutations[0]);
  });

  it('removes a server that is gone, and its model with it', async () => {
    const scene = createScene();
    const provider = await scene.start();
    scene.answer([server('chat'), server('code', inEast)]);
    await provider.refresh();
    expect(scene.titles()).toEqual(['acme/chat', 'chat', 'code']);
    scene.answer([server('code', inEast)]);
    await provider.refresh();
    expect(scene.titles()).toEqual(['code']);
  });

  it.each<[string, Partial<ModelServer>]>([
    ['its entity annotation', { entityRef: 'component:default/mine' }],
    ['the label of the Kubernetes plugin', { kubernetesId: 'mine' }],
  ])('leaves a server to the entity that claims it by %s', async (_, claim) => {
    const scene = createScene();
    const provider = await scene.start();
    scene.answer([server('chat')]);
    await provider.refresh();
    expect(scene.titles()).toEqual(['acme/chat', 'chat']);
    scene.answer([server('chat', claim)]);
    await provider.refresh();
    expect(scene.titles()).toEqual([]);
  });

  it.each(['Unavailable', 'Syncing'] as const)(
    'keeps the entities of a cluster that is %s, and goes on with the others',
    async state => {
      const scene = createScene();
      const provider = await scene.start();
      scene.answer([server('chat'), server('code', inEast)]);
      await provider.refresh();
      scene.answer(
        [server('new', inEast)],
        [cluster('east'), cluster('west', state)],
      );
      await provider.refresh();
      expect(scene.mutations[1].type).toBe('delta');
      expect(scene.titles()).toEqual(['acme/chat', 'chat', 'new']);
    },
  );

  it('keeps them through a restart and in every replica, and forgets what went while it was down', async () => {
    const scene = createScene();
    const first = await scene.start();
    scene.answer([
      server('chat'),
      server('code', inEast),
      server('old', { cluster: 'east' }),
    ]);
    await first.refresh();
    const second = await scene.start();
    scene.answer(
      [server('code', inEast)],
      [cluster('east'), cluster('west', 'Unavailable')],
    );
    await second.refresh();
    expect(scene.titles()).toEqual(['acme/chat', 'chat', 'code']);
  });

  it('does not bring back what another replica removed', async () => {
    const scene = createScene();
    const first = await scene.start();
    const second = await scene.start();
    scene.answer([server('chat', noModel), server('gone', noModel)]);
    await first.refresh();
    scene.answer([server('chat', noModel)]);
    await second.refresh();
    scene.answer([], [cluster('east'), cluster('west', 'Unavailable')]);
    await first.refresh();
    expect(scene.titles()).toEqual(['chat']);
  });

  it('emits nothing of a cluster while its list grows', async () => {
    const scene = createScene();
    const provider = await scene.start();
    scene.answer([server('part')], [cluster('west', 'Syncing')]);
    await provider.refresh();
    expect(scene.titles()).toEqual([]);
  });

  it('keeps the kind that may not be listed any more, and follows the others of that cluster', async () => {
    const scene = createScene();
    const provider = await scene.start();
    scene.answer([
      server('served', { kind: 'InferenceService' }),
      server('plain', noModel),
    ]);
    await provider.refresh();
    scene.answer(
      [server('next', noModel)],
      [cluster('west', 'Live', { [ISVC]: 'Forbidden' })],
    );
    await provider.refresh();
    expect(scene.titles()).toEqual(['acme/served', 'next', 'served']);
  });

  it('removes what ran on a cluster that is no longer connected, though another is away', async () => {
    const scene = createScene();
    const provider = await scene.start();
    scene.answer([server('chat', noModel), server('code', inEast)]);
    await provider.refresh();
    scene.answer([], [cluster('east', 'Unavailable')]);
    await provider.refresh();
    expect(scene.titles()).toEqual(['code']);
  });

  it('changes nothing and says so when the backend is silent, then goes on', async () => {
    const scene = createScene();
    const provider = await scene.start();
    scene.answer([server('chat', noModel)]);
    await provider.refresh();
    scene.readServers.mockRejectedValueOnce(new Error('connect ECONNREFUSED'));
    await provider.refresh();
    expect(scene.mutations).toHaveLength(1);
    expect(scene.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('connect ECONNREFUSED'),
    );
    scene.answer([]);
    await provider.refresh();
    expect(scene.titles()).toEqual([]);
  });

  it('tries a removal again that the catalog did not take', async () => {
    const scene = createScene();
    const provider = await scene.start();
    scene.answer([server('chat', noModel), server('code', inEast)]);
    await provider.refresh();
    scene.answer([], [cluster('east'), cluster('west', 'Unavailable')]);
    scene.applyMutation.mockRejectedValueOnce(new Error('database is locked'));
    await provider.refresh();
    expect(scene.titles()).toEqual(['chat', 'code']);
    await provider.refresh();
    expect(scene.titles()).toEqual(['chat']);
  });

  it('reads once more for all that was asked while it read, and never twice at a time', async () => {
    const scene = createScene();
    const provider = await scene.start();
    let reading = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    scene.readServers.mockImplementation(async () => {
      most = Math.max(most, ++reading);
      await new Promise<void>(resolve => waiting.push(resolve));
      reading--;
      return { items: [], clusters: live };
    });
    const first = provider.refresh();
    await new Promise(setImmediate);
    const during = [provider.refresh(), provider.refresh(), provider.refresh()];
    await new Promise(setImmediate);
    expect(scene.readServers).toHaveBeenCalledTimes(1);
    waiting.shift()?.();
    await first;
    await new Promise(setImmediate);
    expect(scene.readServers).toHaveBeenCalledTimes(2);
    waiting.shift()?.();
    await Promise.all(during);
    expect(scene.readServers).toHaveBeenCalledTimes(2);
    expect(most).toBe(1);
  });

  it('reads when its schedule says so, and lets that end the reading', async () => {
    const scene = createScene();
    await scene.start();
    expect(scene.readServers).not.toHaveBeenCalled();
    scene.answer([]);
    const { signal } = new AbortController();
    await scene.runTask(signal);
    expect(scene.readServers).toHaveBeenCalledWith(signal);
    expect(scene.mutations).toHaveLength(1);
  });

  it('steps back before an entity from a repository that stands for the same server', async () => {
    const scene = createScene([
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'our-chat',
          annotations: {
            'backstage.io/managed-by-origin-location': 'url:https://host/x',
            'promptside.io/cluster': 'west',
            'promptside.io/namespace': 'team-a',
            'promptside.io/model-server': 'chat',
          },
        },
        spec: { type: 'model-server' },
      },
    ]);
    const provider = await scene.start();
    scene.answer([server('chat', noModel), server('code', noModel)]);
    await provider.refresh();
    expect(scene.titles()).toEqual(['code']);
  });

  describe('with an address', () => {
    const endpoint = { url: 'http://chat.svc/v1', protocol: 'openai' } as const;
    const kserve = { ...noModel, kind: 'InferenceService' };
    const model = { servedName: 'chat' };

    it('keeps the API of a server whose address is not told while it is sick', async () => {
      const scene = createScene();
      const first = await scene.start();
      scene.answer([server('chat', { ...kserve, model, endpoint })]);
      await first.refresh();
      expect(scene.titles()).toEqual(['chat', 'chat API']);
      const second = await scene.start();
      scene.answer([server('chat', { ...kserve, model, state: 'Failed' })]);
      await second.refresh();
      expect(scene.mutations[1]).toEqual(scene.mutations[0]);
    });

    it('keeps Component and API of a cluster that is away, and removes both with the server', async () => {
      const scene = createScene();
      const provider = await scene.start();
      scene.answer([server('chat', { model, endpoint })]);
      await provider.refresh();
      scene.answer([], [cluster('east'), cluster('west', 'Unavailable')]);
      await provider.refresh();
      expect(scene.titles()).toEqual(['chat', 'chat API']);
      scene.answer([]);
      await provider.refresh();
      expect(scene.titles()).toEqual([]);
    });
  });
});
