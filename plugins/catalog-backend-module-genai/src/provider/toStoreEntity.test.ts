import type { VectorStore } from '@promptside/backstage-plugin-genai-common';
import { toStoreEntity } from './toStoreEntity';

const defaults = {
  defaultOwner: 'group:default/platform',
  lifecycle: 'production',
};
const store: VectorStore = {
  cluster: 'west',
  namespace: 'team-a',
  name: 'documents',
  kind: 'StatefulSet',
  uid: 'u',
  engine: 'qdrant',
  version: 'v1.16.0',
  state: 'Healthy',
  evidence: [],
  replicas: { desired: 3, ready: 3 },
  persistence: 'Persistent',
  owner: 'group:default/team-a',
};

describe('toStoreEntity', () => {
  it('is a Resource that pages find on its cluster', () => {
    const location = 'genai-vector-store:west/team-a/statefulset/documents';
    expect(toStoreEntity(store, defaults)).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: expect.stringMatching(/^documents-[0-9a-f]{8}$/),
        namespace: 'default',
        title: 'documents',
        description:
          'Vector store StatefulSet documents in namespace team-a of cluster west',
        annotations: {
          'backstage.io/managed-by-location': location,
          'backstage.io/managed-by-origin-location': location,
          'promptside.io/cluster': 'west',
          'promptside.io/namespace': 'team-a',
          'promptside.io/vector-store': 'documents',
          'backstage.io/kubernetes-cluster': 'west',
          'backstage.io/kubernetes-namespace': 'team-a',
        },
        tags: ['genai', 'discovered', 'qdrant'],
      },
      spec: { type: 'vector-store', owner: 'group:default/team-a' },
    });
  });

  it('does not change while the store is sick, restarts or grows', () => {
    const later: VectorStore = {
      ...store,
      uid: 'another',
      version: 'v1.17.0',
      state: 'Down',
      reason: 'CrashLoopBackOff',
      replicas: { desired: 5, ready: 0 },
      storageBytes: 1,
    };
    expect(toStoreEntity(later, defaults)).toEqual(
      toStoreEntity(store, defaults),
    );
  });

  it('belongs to somebody even when nobody says to whom', () => {
    const { spec } = toStoreEntity({ ...store, owner: undefined }, defaults);
    expect(spec.owner).toBe('group:default/platform');
  });
});
