import fc from 'fast-check';
import { entityRefSchema } from '@promptside/backstage-plugin-genai-common';
import { deployment, h100Node } from '../testing/objects';
import { observe } from '../testing/observe';
import { deriveGpuAllocations } from './deriveGpuAllocations';
import { deriveModelServers } from './deriveModelServers';
import { discoveredEntityName, discoveredEntityRef } from './discoveredEntity';

const GPU = { 'nvidia.com/gpu': 1 };
const where = (name: string) => ({
  cluster: 'test',
  namespace: 'team-a',
  kind: 'Deployment',
  name,
});

describe('the entity of a server that names none', () => {
  it('has a name that stays, and says where the server runs', () => {
    expect(discoveredEntityName(where('chat'))).toBe(
      discoveredEntityName(where('chat')),
    );
    const names = [
      where('chat'),
      { ...where('chat'), cluster: 'other' },
      { ...where('chat'), namespace: 'team-b' },
      { ...where('chat'), kind: 'StatefulSet' },
      { ...where('chat'), cluster: 'test-team', namespace: 'a' },
    ].map(discoveredEntityName);
    expect(new Set(names).size).toBe(names.length);
    expect(names[0]).toMatch(/^chat-[0-9a-f]{8}$/);
  });

  it('is a valid name for any name of an object', () => {
    const objectName = fc
      .stringMatching(/^[a-z0-9]([-a-z0-9.]{0,120}[a-z0-9])?$/)
      .filter(name => name.length > 0);
    fc.assert(
      fc.property(objectName, name => {
        const entityName = discoveredEntityName(where(name));
        expect(entityName).toMatch(
          /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/,
        );
        expect(entityName.length).toBeLessThanOrEqual(63);
        expect(
          entityRefSchema.safeParse(discoveredEntityRef(where(name))).success,
        ).toBe(true);
      }),
    );
  });

  it.each(['-chat', '...', '模型', ' chat ', 'a/b:c', '', 'x'.repeat(300)])(
    'is a valid name for %j, which no API server would take',
    name => {
      const entityName = discoveredEntityName(where(name));
      expect(entityName).toMatch(/^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/);
      expect(entityName.length).toBeLessThanOrEqual(63);
    },
  );

  it('answers for the server and its devices, and for nothing else', () => {
    const state = observe([
      h100Node('gpu-1'),
      deployment('chat', { asks: GPU }),
      deployment('chat', { asks: GPU, namespace: 'team-b' }),
      deployment('chat-two', { asks: GPU }),
      deployment('claimed', {
        asks: GPU,
        annotations: { 'promptside.io/entity-ref': 'component:default/mine' },
      }),
      deployment('labelled', {
        asks: GPU,
        labels: { 'backstage.io/kubernetes-id': 'mine' },
      }),
    ]);
    const ask = (name: string) => {
      const query = { entityRef: discoveredEntityRef(where(name)) };
      return [
        ...deriveModelServers([state], query).items,
        ...deriveGpuAllocations([state], query).items,
      ].map(
        item => `${item.namespace}/${'pod' in item ? item.pod : item.name}`,
      );
    };
    expect(ask('chat')).toEqual(['team-a/chat', 'team-a/chat-5d4f8c7b9-0']);
    expect(ask('claimed')).toEqual([]);
    expect(ask('labelled')).toEqual([]);
    expect(
      deriveModelServers([state], {
        entityRef: discoveredEntityRef(where('chat')),
        owner: 'group:default/nobody',
      }).items,
    ).toEqual([]);
  });
});
