import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { server } from '../__testUtils__/servers';
import { readCatalog, SERVER_ENTITIES } from './readCatalog';
import { toEntities } from './toEntities';

const defaults = {
  defaultOwner: 'group:default/platform',
  lifecycle: 'production',
};

describe('readCatalog', () => {
  it('gives what the provider made and where it is, and knows what others stand for', async () => {
    const [component, model] = toEntities(server('chat'), defaults);
    const foreign: Entity = {
      ...component,
      metadata: {
        ...component.metadata,
        name: 'written-by-hand',
        annotations: {
          ...component.metadata.annotations,
          'promptside.io/model-server': 'code',
          'backstage.io/managed-by-origin-location': 'url:https://host/x.yaml',
        },
      },
    };
    const { emitted, isRegistered } = await readCatalog(
      catalogServiceMock({ entities: [component, model, foreign] }),
      mockServices.auth(),
      SERVER_ENTITIES,
    );
    const modelRef = `resource:default/${model.metadata.name}`;
    expect(emitted).toEqual([
      {
        entityRef: `component:default/${component.metadata.name}`,
        place: {
          cluster: 'west',
          namespace: 'team-a',
          kind: 'deployment',
          name: 'chat',
        },
        models: [modelRef],
      },
      { entityRef: modelRef, models: [] },
    ]);
    const place = { cluster: 'west', namespace: 'team-a' };
    expect(isRegistered({ ...place, name: 'code' })).toBe(true);
    expect(isRegistered({ ...place, name: 'chat' })).toBe(false);
    expect(isRegistered({ ...place, cluster: 'east', name: 'code' })).toBe(
      false,
    );
  });
});
