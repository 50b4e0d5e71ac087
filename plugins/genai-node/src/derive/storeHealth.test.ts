import { deployment, service } from '../testing/objects';
import { observe } from '../testing/observe';
import { fixture } from '../vectorStores/__testUtils__/fixture';
import { deriveStoreTargets } from './deriveStoreTargets';
import { deriveVectorStoreDetail } from './deriveVectorStores';
import {
  NOW,
  REF,
  claim,
  detailOf,
  failures,
  probed,
  reading,
} from './__testUtils__/storeDetail';

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
