import { projectBackup, projectScheduledBackup } from './projectBackup';
import { projectClaim } from './projectClaim';
import { projectCluster } from './projectCluster';
import { projectMilvus } from './projectMilvus';

const metadata = { uid: 'u', name: 'docs', namespace: 'team-a' };
const spec = { cluster: { name: 'docs' } };

describe('projectBackup', () => {
  it('keeps what its age and end are told from', () => {
    expect(
      projectBackup({
        metadata: { ...metadata, creationTimestamp: '2026-11-01T00:00:00Z' },
        spec: { ...spec, method: 'plugin' },
        status: {
          phase: 'failed',
          startedAt: '2026-11-01T00:00:01Z',
          stoppedAt: '2026-11-01T00:00:09Z',
          error: 'x'.repeat(2_000),
        },
      }),
    ).toEqual({
      resource: 'cnpgbackups',
      ...metadata,
      cluster: 'docs',
      phase: 'failed',
      method: 'plugin',
      createdAt: '2026-11-01T00:00:00Z',
      startedAt: '2026-11-01T00:00:01Z',
      stoppedAt: '2026-11-01T00:00:09Z',
      error: 'x'.repeat(512),
    });
  });

  it('takes one that nobody has looked at yet, and none without a cluster', () => {
    expect(projectBackup({ metadata, spec })).toEqual({
      resource: 'cnpgbackups',
      ...metadata,
      cluster: 'docs',
    });
    for (const raw of [null, {}, { metadata }, { metadata, spec: {} }]) {
      expect(projectBackup(raw)).toBeUndefined();
    }
  });
});

describe('projectScheduledBackup', () => {
  it('keeps the schedule and whether it rests', () => {
    const schedule = '0 0 2 * * *';
    expect(
      projectScheduledBackup({
        metadata: { ...metadata, creationTimestamp: '2026-11-01T00:00:00Z' },
        spec: { ...spec, schedule, suspend: true },
        status: { lastScheduleTime: '2026-11-02T02:00:00Z' },
      }),
    ).toEqual({
      resource: 'cnpgscheduledbackups',
      ...metadata,
      cluster: 'docs',
      schedule,
      suspended: true,
      createdAt: '2026-11-01T00:00:00Z',
      lastScheduledAt: '2026-11-02T02:00:00Z',
    });
    expect(
      projectScheduledBackup({ metadata, spec: { ...spec, schedule } }),
    ).toMatchObject({ suspended: false });
  });

  it.each([
    null,
    { metadata },
    { metadata, spec },
    { metadata, spec: { schedule: '@daily' } },
    { spec: { ...spec, schedule: '@daily' } },
  ])('takes %j for none', raw => {
    expect(projectScheduledBackup(raw)).toBeUndefined();
  });
});

describe('projectClaim', () => {
  it('knows what CloudNativePG keeps in it', () => {
    const labels = { 'cnpg.io/cluster': 'docs', 'cnpg.io/pvcRole': 'PG_WAL' };
    expect(projectClaim({ metadata: { ...metadata, labels } })).toMatchObject({
      cnpgCluster: 'docs',
      cnpgRole: 'PG_WAL',
    });
  });
});

describe('projectCluster', () => {
  const cluster = (wanted: object, status = {}) =>
    projectCluster({
      metadata: {
        ...metadata,
        labels: { 'promptside.io/purpose': 'vector-store' },
      },
      spec: wanted,
      status,
    })?.store?.cnpg;

  it.each<[string, object, object]>([
    ['nothing', {}, { synchronousCount: 0, walVolume: false }],
    [
      'standbys of an operator before 1.24',
      { minSyncReplicas: 1 },
      { synchronousCount: 1 },
    ],
    [
      'an archive in core',
      { backup: { barmanObjectStore: {} } },
      { archivesWal: true },
    ],
    [
      'an archive by a plugin',
      { plugins: [{ isWALArchiver: true }] },
      { archivesWal: true },
    ],
    [
      'a plugin that is switched off',
      { plugins: [{ enabled: false, isWALArchiver: true }] },
      { archivesWal: false },
    ],
  ])('reads %s', (_, wanted, expected) => {
    expect(cluster(wanted)).toMatchObject(expected);
  });

  it('reads dates and claims of the status', () => {
    expect(
      cluster(
        {},
        {
          currentPrimaryFailingSinceTimestamp: '2026-11-01T00:00:00Z',
          unusablePVC: ['docs-2'],
          lastSuccessfulBackup: '2026-11-01T02:00:00Z',
          lastFailedBackup: '2026-11-01T03:00:00Z',
        },
      ),
    ).toMatchObject({
      primaryFailingSince: '2026-11-01T00:00:00Z',
      unusableClaims: ['docs-2'],
      lastSucceededBackupAt: '2026-11-01T02:00:00Z',
      lastFailedBackupAt: '2026-11-01T03:00:00Z',
    });
  });
});

describe('projectMilvus', () => {
  const milvus = (dependencies: object, status = {}) =>
    projectMilvus({ metadata, spec: { dependencies }, status })?.store?.milvus;

  it.each<[string, object, object]>([
    ['nothing', {}, { deletedWith: [], components: [], mode: 'standalone' }],
    [
      'the default of the operator, which deletes',
      { etcd: { inCluster: {} }, msgStreamType: 'pulsar' },
      { deletedWith: ['etcd'], messageStream: 'pulsar' },
    ],
    [
      'a queue that is kept',
      {
        msgStreamType: 'rocksmq',
        rocksmq: { persistence: { enabled: true } },
      },
      { queueIsPersistent: true, deletedWith: [] },
    ],
    [
      'a queue that is kept and deleted with it',
      {
        msgStreamType: 'rocksmq',
        rocksmq: { persistence: { enabled: true, pvcDeletion: true } },
      },
      { deletedWith: ['rocksmq'] },
    ],
    [
      'a queue that is not',
      { msgStreamType: 'natsmq' },
      { queueIsPersistent: false },
    ],
  ])('reads %s', (_, dependencies, expected) => {
    expect(milvus(dependencies)).toMatchObject(expected);
  });

  it('counts what a component does not tell as none', () => {
    expect(
      milvus({}, { componentsDeployStatus: { proxy: {}, mixcoord: {} } }),
    ).toMatchObject({
      components: [
        { name: 'mixcoord', desired: 0, ready: 0 },
        { name: 'proxy', desired: 0, ready: 0 },
      ],
    });
  });
});
