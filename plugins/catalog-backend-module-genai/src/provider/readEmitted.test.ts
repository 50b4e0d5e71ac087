import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { server } from '../__testUtils__/servers';
import { readEmitted } from './readEmitted';
import { toEntities } from './toEntities';

const defaults = {
  defaultOwner: 'group:default/platform',
  lifecycle: 'production',
};

describe('readEmitted', () => {
  it('gives what the provider made, and where it is', async () => {
    const [component, model] = toEntities(server('chat'), defaults);
    const foreign: Entity = {
      ...component,
      metadata: {
        ...component.metadata,
        name: 'written-by-hand',
        annotations: {
          ...component.metadata.annotations,
          'backstage.io/managed-by-origin-location': 'url:https://host/x.yaml',
        },
      },
    };
    const emitted = await readEmitted(
      catalogServiceMock({ entities: [component, model, foreign] }),
      mockServices.auth(),
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
  });
});
