import type {
  ClusterStatus,
  VectorStore,
  VectorStoreDetail,
  VectorStoreHistory,
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

const CHECKED_AT = '2026-11-02T08:00:00.000Z';

/** The detail of a CloudNativePG store whose backups are late. */
export const handbookDetail: VectorStoreDetail = {
  item: {
    ...documents,
    name: 'handbook',
    uid: 'uid-handbook',
    kind: 'Cluster',
    engine: 'pgvector',
    state: 'Degraded',
    reason: 'BackupTooOld',
    message: 'Backups are late: the last good one is 4 days old',
    replicas: { desired: 3, ready: 3 },
    storage: {
      sizeBytes: { value: 21_474_836_480, grade: 'measured' },
      usedRatio: { value: 0.857, grade: 'measured' },
    },
  },
  health: {
    state: 'Degraded',
    checks: [
      {
        name: 'Backup',
        outcome: 'Fail',
        impact: 'Degraded',
        reason: 'BackupTooOld',
        message: 'Backups are late: the last good one is 4 days old',
        checkedAt: CHECKED_AT,
        evidence: [
          { kind: 'Backup', name: 'handbook-1', message: 'bucket is gone' },
        ],
      },
      {
        name: 'WalArchiving',
        outcome: 'Unknown',
        reason: 'NotConfigured',
        checkedAt: CHECKED_AT,
      },
      {
        name: 'Reachable',
        outcome: 'Pass',
        latencyMs: 12.4,
        checkedAt: CHECKED_AT,
      },
    ],
    replicas: { desired: 3, ready: 3 },
    primary: { name: 'handbook-1', target: 'handbook-2' },
    storage: {
      sizeBytes: { value: 21_474_836_480, grade: 'measured' },
      usedRatio: { value: 0.857, grade: 'measured' },
      daysToFull: { value: 5.4, grade: 'estimated' },
      volumes: [
        {
          claim: 'handbook-1',
          role: 'Data',
          sizeBytes: { value: 21_474_836_480, grade: 'measured' },
          usedRatio: { value: 0.857, grade: 'measured' },
        },
        { claim: 'handbook-1-wal', role: 'Wal' },
      ],
    },
    backup: {
      state: 'Stale',
      schedule: '0 0 2 * * *',
      lastSucceededAt: '2026-10-29T02:00:00Z',
      method: 'plugin',
    },
    indexState: 'Missing',
    collections: [
      {
        name: 'chunks',
        dimension: 1024,
        metric: 'cosine',
        count: { value: 5100, grade: 'estimated' },
        indexState: 'Ready',
        indexKind: 'hnsw',
        embeddingModel: 'BAAI/bge-m3',
      },
      { name: 'drafts', indexState: 'Missing', loaded: false },
    ],
    collectionCount: 3,
    reportedVersion: 'PostgreSQL 18.6, pgvector 0.8.6',
    probe: {
      state: 'Answered',
      latencyMs: { value: 12.4, grade: 'measured' },
      checkedAt: CHECKED_AT,
    },
  },
  events: [],
  clusters: [demoCluster],
};

/** Three samples of the last hour, the second one of a store that was down; none of the last day. */
export const handbookHistory: VectorStoreHistory = {
  keptSince: '2026-11-02T07:00:00.000Z',
  lastHour: {
    stepMs: 30_000,
    spanMs: 3_600_000,
    samples: [
      {
        at: '2026-11-02T07:59:00.000Z',
        state: 'Healthy',
        usedRatio: 0.06,
        vectorCount: 5100,
        latencyMs: 12,
      },
      { at: '2026-11-02T07:59:30.000Z', state: 'Down', usedRatio: 0.5 },
      {
        at: '2026-11-02T08:00:00.000Z',
        state: 'Healthy',
        usedRatio: 0.857,
        vectorCount: 5100,
        latencyMs: 240,
      },
    ],
  },
  lastDay: { stepMs: 300_000, spanMs: 86_400_000, samples: [] },
  clusters: [demoCluster],
};
