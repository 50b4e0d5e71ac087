import type {
  ClusterStatus,
  VectorStore,
} from '@promptside/backstage-plugin-genai-common';

export const demoCluster: ClusterStatus = {
  name: 'demo',
  title: 'Demo cluster',
  state: 'Live',
  version: 7,
};

export const documents: VectorStore = {
  cluster: 'demo',
  namespace: 'search',
  name: 'documents',
  kind: 'StatefulSet',
  uid: 'uid-documents',
  engine: 'chroma',
  version: '1.0.15',
  state: 'Healthy',
  evidence: [],
  replicas: { desired: 1, ready: 1 },
  storageBytes: 21_474_836_480,
  persistence: 'Persistent',
  endpoint: 'http://documents.search.svc:8000',
  entityRef: 'resource:default/documents',
  owner: 'group:default/team-search',
};

export const scratch: VectorStore = {
  ...documents,
  name: 'scratch',
  uid: 'uid-scratch',
  engine: 'qdrant',
  version: undefined,
  state: 'Degraded',
  reason: 'ReplicasMissing',
  message: '1 of 3 replicas is ready.',
  evidence: [
    {
      kind: 'Pod',
      name: 'scratch-1',
      reason: 'ImagePullBackOff',
      message: 'Back-off pulling image',
    },
  ],
  replicas: { desired: 3, ready: 1 },
  storageBytes: undefined,
  persistence: 'Ephemeral',
  endpoint: undefined,
  entityRef: undefined,
  owner: undefined,
};
