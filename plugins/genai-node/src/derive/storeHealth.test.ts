import {
  vectorStoreDetailSchema,
  type IndexState,
  type VectorStoreHealth,
} from '@promptside/backstage-plugin-genai-common';
import { deployment, service } from '../testing/objects';
import { observe } from '../testing/observe';
import type { ClusterState } from '../state/ClusterState';
import type { ProbeReading, StoredProbe } from '../vectorStores';
import { fixture } from '../vectorStores/__testUtils__/fixture';
import { deriveStoreTargets } from './deriveStoreTargets';
import { deriveVectorStoreDetail } from './deriveVectorStores';
import type { StoreKnowledge } from './observeStore';

const NOW = Date.parse('2026-11-02T08:00:00Z');
const REF = { cluster: 'test', namespace: 'team-a', name: 'docs' };

function detailOf(
  state: ClusterState,
  knowledge: Partial<StoreKnowledge> = {},
) {
  const detail = deriveVectorStoreDetail([state], REF, {
    now: NOW,
    ...knowledge,
  });
  expect(
    vectorStoreDetailSchema.safeParse({ ...detail, clusters: [] }).success,
  ).toBe(true);
  return detail!;
}

const failures = ({ checks }: VectorStoreHealth) =>
  checks
    .filter(({ outcome }) => outcome === 'Fail')
    .map(({ reason, impact }) => `${reason} ${impact}`);

const backup = (phase: string, stoppedAt: string) => ({
  kind: 'Backup',
  metadata: { name: `docs-${phase}`, namespace: 'team-a' },
  spec: { cluster: { name: 'docs' }, method: 'plugin' },
  status: { phase, startedAt: stoppedAt, stoppedAt, error: 'bucket is gone' },
});

const schedule = {
  kind: 'ScheduledBackup',
  metadata: { name: 'docs', namespace: 'team-a' },
  spec: { cluster: { name: 'docs' }, schedule: '0 0 2 * * *' },
};

const claim = (name: string, labels: object, size = '20Gi') => ({
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'team-a', labels },
  spec: { resources: { requests: { storage: size } } },
  status: { phase: 'Bound' },
});

const reading = (more: Partial<ProbeReading> = {}): ProbeReading => ({
  checks: [{ name: 'Reachable', outcome: 'Pass', latencyMs: 5 }],
  collections: [],
  latencyMs: 5,
  ...more,
});

const probed = (...readings: ProbeReading[]) => ({
  findProbe: (): StoredProbe => ({
    checkedAt: '2026-11-02T07:59:50.000Z',
    readings,
  }),
});

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

describe('health of a Milvus', () => {
  const healthy = fixture('milvus-operator-1.3/cluster-healthy.json');
  const sick = fixture('milvus-operator-1.3/query-node-down.json');

  it('is healthy in cluster mode with data that stays', () => {
    expect(failures(detailOf(observe([healthy])).health)).toEqual([]);
  });

  it('names the component behind Unhealthy', () => {
    const { item, health } = detailOf(observe([sick]));
    expect(item).toMatchObject({
      state: 'Down',
      message: expect.stringContaining('[querynode]'),
    });
    expect(failures(health)).toContain('ComponentDown Degraded');
    expect(
      health.checks.find(({ name }) => name === 'Deployments')?.message,
    ).toBe('querynode has 0 of 2 replicas');
  });

  it('is degraded, not down, while its API answers', () => {
    const { item } = detailOf(observe([sick]), probed(reading()));
    expect(item.state).toBe('Degraded');
  });

  it('is down when the probe finds nobody, whatever the operator says', () => {
    const { item, health } = detailOf(
      observe([healthy]),
      probed(
        reading({
          checks: [
            {
              name: 'Reachable',
              outcome: 'Fail',
              impact: 'Down',
              reason: 'Unreachable',
              message: 'connection refused',
            },
          ],
          fault: {
            reason: 'Unreachable',
            message: 'connection refused',
            at: '2026-11-02T07:59:50.000Z',
          },
        }),
      ),
    );
    expect(item).toMatchObject({
      state: 'Down',
      reason: 'Unreachable',
      message: 'connection refused',
      probe: { state: 'Failed' },
    });
    expect(health.checks[0].checkedAt).toBe('2026-11-02T07:59:50.000Z');
  });

  it('minds collections that are not loaded and indexes that failed', () => {
    const { health } = detailOf(
      observe([healthy]),
      probed(
        reading({
          collectionCount: 2,
          collections: [
            { name: 'b', indexState: 'Invalid', loaded: true },
            { name: 'a', indexState: 'Ready', loaded: false },
          ],
        }),
      ),
    );
    expect(failures(health)).toEqual([
      'CollectionNotLoaded Degraded',
      'IndexInvalid Degraded',
    ]);
    expect(health.collections.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(health).toMatchObject({
      indexState: 'Invalid',
      collectionCount: 2,
    });
  });

  it('warns of what the defaults of a standalone put at risk', () => {
    const { health } = detailOf(
      observe([fixture('milvus-operator-1.3/standalone-defaults.json')]),
    );
    expect(health.state).toBe('Healthy');
    expect(failures(health)).toEqual([
      'SingleInstance Notice',
      'DataDeletedWithResource Notice',
      'EphemeralQueue Notice',
    ]);
  });

  it('reads the status of an operator that lists no components', () => {
    const { item } = detailOf(
      observe([fixture('milvus-operator-0.9/components-not-ready.json')]),
    );
    expect(item).toMatchObject({
      state: 'Down',
      reason: 'MilvusComponentNotHealthy',
      message: '[datacoord datanode proxy] not ready',
    });
  });
});

describe('health of a Chroma', () => {
  const chroma = (more: Parameters<typeof deployment>[1] = {}) =>
    deployment('docs', {
      kind: 'StatefulSet',
      image: 'ghcr.io/chroma-core/chroma:1.5.3',
      args: [],
      ports: [{ name: 'http', containerPort: 8000 }],
      ...more,
    });

  it('minds replicas that do not replicate and data that does not last', () => {
    const { health } = detailOf(observe([chroma({ replicas: 2 })]));
    expect(failures(health)).toEqual([
      'IndependentReplicas Degraded',
      'EphemeralStorage Notice',
    ]);
  });

  it('stays down while it is scaled to zero, whatever it answered before', () => {
    const { item } = detailOf(
      observe([chroma({ replicas: 0 })]),
      probed(reading()),
    );
    expect(item).toMatchObject({ state: 'Down', reason: 'ScaledToZero' });
  });

  it('notices an answer that took long', () => {
    const { health } = detailOf(
      observe([chroma()]),
      probed(reading({ latencyMs: 2_500 })),
    );
    expect(failures(health)).toContain('SlowAnswer Notice');
    expect(health.probe).toMatchObject({
      state: 'Answered',
      latencyMs: { value: 2_500, grade: 'measured' },
    });
  });

  it('tells of a probe that was not made yet or cannot be made', () => {
    const pending = detailOf(observe([chroma()]), {
      findProbe: () => undefined,
    });
    expect(pending.health.probe).toEqual({ state: 'Pending' });
    const barred = detailOf(
      observe([chroma()]),
      probed({ checks: [], collections: [], notProbed: 'no Service' }),
    );
    expect(barred.health.probe).toMatchObject({
      state: 'NotProbed',
      message: 'no Service',
    });
  });

  it('finds the claims of its StatefulSet and one that is lost', () => {
    const state = observe([
      chroma({
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { resources: { requests: { storage: '1Gi' } } },
          },
        ],
      }),
      { ...claim('data-docs-0', {}), status: { phase: 'Lost' } },
      claim('data-docs-extra', {}),
    ]);
    const { item, health } = detailOf(state);
    expect(health.storage?.volumes.map(volume => volume.claim)).toEqual([
      'data-docs-0',
    ]);
    expect(item).toMatchObject({ state: 'Down', reason: 'ClaimLost' });
  });

  it('is reached by the Service that leads to its port', () => {
    const state = observe([
      chroma({ podLabels: { app: 'docs' } }),
      service('docs', 80, {
        selector: { app: 'docs' },
        ports: [{ port: 80, targetPort: 'http' }],
      }),
    ]);
    const [target] = deriveStoreTargets(state);
    expect(target).toMatchObject({
      ...REF,
      readyPods: ['docs-0'],
    });
    expect(target.serviceOn(8000)).toEqual({ name: 'docs', port: 80 });
    // the only port of the Service leads elsewhere
    expect(target.serviceOn(9091)).toBeUndefined();
  });
});

describe('volumes', () => {
  it('of a Milvus are those of the releases beside it, and of a named claim that one', () => {
    const milvus = fixture('milvus-operator-1.3/cluster-healthy.json');
    const state = observe([
      milvus,
      claim('data-docs-etcd-0', { 'app.kubernetes.io/instance': 'docs-etcd' }),
      claim('other', { 'app.kubernetes.io/instance': 'docs-attu' }),
    ]);
    expect(detailOf(state).health.storage?.volumes).toEqual([
      expect.objectContaining({ claim: 'data-docs-etcd-0', role: 'Other' }),
    ]);
    const named = observe([
      deployment('docs', {
        image: 'qdrant/qdrant:v1.17.0',
        args: [],
        volumes: [
          { persistentVolumeClaim: { claimName: 'kept' } },
          { persistentVolumeClaim: { claimName: 'gone' } },
        ],
      }),
      claim('kept', {}),
    ]);
    expect(
      detailOf(named).health.storage?.volumes.map(volume => volume.claim),
    ).toEqual(['kept']);
  });

  it('of a Helm release of Milvus and of tablespaces are known, too', () => {
    const component = (name: string) =>
      deployment(name, {
        image: 'milvusdb/milvus:v2.6.15',
        args: [],
        ports: [],
        podLabels: { 'app.kubernetes.io/instance': 'docs', component: name },
      });
    const released = observe([
      component('docs-proxy'),
      component('docs-querynode'),
      claim('export-docs-minio-0', { 'app.kubernetes.io/instance': 'docs' }),
    ]);
    expect(detailOf(released).health.storage?.volumes).toHaveLength(1);
    const labels = { 'cnpg.io/cluster': 'docs' };
    const postgres = observe([
      fixture('cloudnative-pg-1.30/healthy.json'),
      claim('docs-1-tbs-a', { ...labels, 'cnpg.io/pvcRole': 'PG_TABLESPACE' }),
      claim('docs-1-new', { ...labels, 'cnpg.io/pvcRole': 'PG_TOMORROW' }),
    ]);
    expect(
      detailOf(postgres, {
        findFill: () => ({ usedBytes: 0, capacityBytes: 0 }),
      }).health.storage?.volumes.map(({ role, usedRatio }) => [
        role,
        usedRatio,
      ]),
    ).toEqual([
      ['Other', undefined],
      ['Tablespace', undefined],
    ]);
  });
});

it('has no detail of a store or cluster that is not there', () => {
  const knowledge = { now: NOW };
  expect(
    deriveVectorStoreDetail([observe([])], REF, knowledge),
  ).toBeUndefined();
  expect(deriveVectorStoreDetail([], REF, knowledge)).toBeUndefined();
});
