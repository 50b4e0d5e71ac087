import type { IndexState } from '@promptside/backstage-plugin-genai-common';
import { observe } from '../testing/observe';
import { fixture } from '../vectorStores/__testUtils__/fixture';
import {
  backup,
  claim,
  detailOf,
  failures,
  probed,
  reading,
  schedule,
} from './__testUtils__/storeDetail';

describe('health of a CloudNativePG cluster', () => {
  const healthy = fixture('cloudnative-pg-1.30/healthy.json');

  it('is healthy with a current backup, and tells its primary', () => {
    const { item, health } = detailOf(
      observe([healthy, schedule, backup('completed', '2026-11-02T02:00:30Z')]),
    );
    expect(failures(health)).toEqual([]);
    expect(health).toMatchObject({
      state: 'Healthy',
      primary: { name: 'docs-1', since: '2026-11-01T07:00:00Z' },
      replicas: { desired: 3, ready: 3 },
      backup: {
        state: 'Current',
        lastSucceededAt: '2026-11-02T02:00:30Z',
        method: 'plugin',
      },
      probe: { state: 'NotProbed' },
    });
    expect(item.storageBytes).toBe(75 * 2 ** 30);
  });

  it.each<[string, unknown[], object, string[]]>([
    [
      'a failover',
      [fixture('cloudnative-pg-1.30/failing-over.json')],
      { state: 'Degraded', primary: { name: 'docs-1', target: 'docs-2' } },
      ['ClusterIsNotReady Degraded', 'Failover Degraded', 'NoBackup Notice'],
    ],
    [
      'WAL archiving that fails',
      [fixture('cloudnative-pg-1.30/archiving-failing.json')],
      { state: 'Degraded' },
      ['ContinuousArchivingFailing Degraded', 'NoBackup Notice'],
    ],
    [
      'claims without instance',
      [fixture('cloudnative-pg-1.30/dangling-claims.json')],
      { state: 'Degraded' },
      ['DanglingClaim Degraded', 'NoBackup Notice'],
    ],
    [
      'a backup that failed',
      [
        healthy,
        schedule,
        backup('completed', '2026-11-01T02:00:30Z'),
        backup('failed', '2026-11-02T02:00:30Z'),
      ],
      { state: 'Degraded', backup: { state: 'Failed' } },
      ['BackupFailed Degraded'],
    ],
    [
      'a backup that is too old',
      [healthy, schedule, backup('completed', '2026-10-30T02:00:30Z')],
      { state: 'Degraded', backup: { state: 'Stale' } },
      ['BackupTooOld Degraded'],
    ],
    [
      'a primary whose disk is full',
      [fixture('cloudnative-pg-1.26/disk-full.json')],
      { state: 'Degraded', primary: { name: 'docs-1' } },
      [
        'ClusterIsNotReady Degraded',
        'PrimaryFailing Degraded',
        'NoBackup Notice',
      ],
    ],
    [
      'the end of a cluster in the words of an operator of 2022',
      [fixture('cloudnative-pg-1.15/unrecoverable.json')],
      { state: 'Down', replicas: { desired: 3, ready: 0 } },
      ['ClusterIsNotReady Down', 'NoBackup Notice'],
    ],
    [
      'one instance of an operator of 2023',
      [fixture('cloudnative-pg-1.20/single-in-core-backup.json')],
      { state: 'Healthy', backup: { state: 'Current' } },
      ['SingleInstance Notice'],
    ],
  ])('sees %s', (_, objects, expected, failed) => {
    const { health } = detailOf(observe(objects));
    expect(health).toMatchObject(expected);
    expect(failures(health)).toEqual(failed);
  });

  it('tells the fill of data and WAL volumes, the fullest first', () => {
    const labels = (role: string) => ({
      'cnpg.io/cluster': 'docs',
      'cnpg.io/pvcRole': role,
    });
    const state = observe([
      healthy,
      claim('docs-1', labels('PG_DATA')),
      claim('docs-1-wal', labels('PG_WAL'), '5Gi'),
      claim('other', {}),
    ]);
    const { health, item } = detailOf(state, {
      findFill: (cluster, namespace, name) => {
        expect([cluster, namespace]).toEqual(['test', 'team-a']);
        return name === 'docs-1'
          ? { usedBytes: 17, capacityBytes: 20, daysToFull: 12 }
          : { usedBytes: 1, capacityBytes: 5 };
      },
    });
    expect(health.storage).toMatchObject({
      sizeBytes: { value: 25, grade: 'measured' },
      usedRatio: { value: 0.85, grade: 'measured' },
      daysToFull: { value: 12, grade: 'estimated' },
      volumes: [
        { claim: 'docs-1', role: 'Data' },
        { claim: 'docs-1-wal', role: 'Wal' },
      ],
    });
    expect(item.storage).not.toHaveProperty('volumes');
    expect(failures(health)).toContain('VolumeFilling Degraded');
    expect(
      failures(
        detailOf(state, {
          findFill: () => ({ usedBytes: 96, capacityBytes: 100 }),
        }).health,
      ),
    ).toContain('VolumeFull Degraded');
    const measuredAt = '2026-11-02T07:59:40.000Z';
    const full = detailOf(state, {
      findFill: (_, __, name) => ({
        usedBytes: (name === 'docs-1' ? 97.8 : 20) * 2 ** 20,
        capacityBytes: 100 * 2 ** 20,
        measuredAt,
        // the other one is far from full, but not for long
        ...(name === 'docs-1-wal' ? { daysToFull: 2 } : {}),
      }),
    }).health;
    expect(full.checks.find(({ name }) => name === 'Storage')).toEqual({
      name: 'Storage',
      outcome: 'Fail',
      impact: 'Degraded',
      reason: 'VolumeFull',
      message: 'docs-1 is 97 % full: writes are about to fail',
      checkedAt: measuredAt,
      evidence: [
        {
          kind: 'PersistentVolumeClaim',
          name: 'docs-1',
          reason: 'VolumeStats',
          message: '98 of 100 MiB are used',
          at: measuredAt,
        },
        expect.objectContaining({ name: 'docs-1-wal' }),
      ],
    });
    expect(
      failures(
        detailOf(state, {
          findFill: () => ({
            usedBytes: 10,
            capacityBytes: 100,
            daysToFull: 3,
          }),
        }).health,
      ),
    ).toContain('VolumeFilling Degraded');
    const unmeasured = detailOf(state).health;
    expect(
      unmeasured.checks.find(({ name }) => name === 'Storage'),
    ).toMatchObject({ outcome: 'Unknown', reason: 'NoMeasurement' });
    expect(unmeasured.storage).toMatchObject({
      sizeBytes: { value: 25 * 2 ** 30, grade: 'requested' },
    });
    expect(unmeasured.storage).not.toHaveProperty('usedRatio');
  });

  it.each<[IndexState[], IndexState]>([
    [[], 'Unknown'],
    [['Ready'], 'Ready'],
    [['Ready', 'Unknown'], 'Unknown'],
    [['Missing', 'Unknown'], 'Missing'],
    [['Building', 'Invalid'], 'Invalid'],
  ])('takes the worst of the indexes %j', (states, worst) => {
    const collections = states.map((indexState, index) => ({
      name: `c${index}`,
      indexState,
    }));
    const { health } = detailOf(
      observe([healthy]),
      probed(reading({ collections })),
    );
    expect(health.indexState).toBe(worst);
  });

  it('warns of dimensions that no index takes', () => {
    const { health } = detailOf(observe([healthy]), {
      ...probed(
        reading({
          collections: [
            { name: 'big', dimension: 3072, indexState: 'Missing' },
          ],
        }),
      ),
    });
    expect(failures(health)).toEqual(
      expect.arrayContaining([
        'DimensionNotIndexable Notice',
        'IndexMissing Notice',
      ]),
    );
    expect(health).toMatchObject({ state: 'Healthy', indexState: 'Missing' });
  });
});
